// The phone's clock: what is left of the World Café or, with rounds, of the round.
import { Countdown, minutes } from "./countdown.js";

let clock = {};
let roundAt = null; // loaded where there are rounds

const countdown = new Countdown((left_s) => {
  const place = document.getElementById("clock");
  if (!place) return;
  const now = roundAt?.(left_s, clock);
  const { round, left } = place.dataset;
  write(place.querySelector(".round"), now ? round.replace("{round}", now.round).replace("{rounds}", now.rounds) : "");
  write(place.querySelector(".left"), now ? left.replace("{left}", minutes(now.left_s)) : minutes(left_s));
});

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** As in every state and heartbeat. */
export function setClock(told) {
  clock = told;
  countdown.set(clock);
  if (!clock.round_s || roundAt) return;
  import("./rounds.js").then((rounds) => { ({ roundAt } = rounds); countdown.set(clock); }, () => {});
}

function fromPage() {
  const told = document.getElementById("clock")?.dataset.clock;
  if (told) setClock(JSON.parse(told));
}

document.addEventListener("page:renewed", fromPage);
fromPage();
