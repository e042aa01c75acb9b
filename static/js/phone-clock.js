// The phone's clock: what is left of the World Café or, with rounds, of the round.
import { Countdown, minutes, roundOf } from "./countdown.js";

let clock = {};

const countdown = new Countdown((left_s) => {
  const place = document.getElementById("clock");
  if (!place) return;
  const round = clock.round_s ? roundOf(left_s, clock) : null;
  write(place.querySelector(".round"), round ? place.dataset.round.replace("{n}", round.number).replace("{count}", round.count) : "");
  write(place.querySelector(".left"), round ? place.dataset.left.replace("{time}", minutes(round.left_s)) : minutes(left_s));
});

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** As in every state and heartbeat. */
export function setClock(told) {
  clock = told;
  countdown.set(clock);
}

function fromPage() {
  const told = document.getElementById("clock")?.dataset.clock;
  if (told) setClock(JSON.parse(told));
}

document.addEventListener("page:renewed", fromPage);
fromPage();
