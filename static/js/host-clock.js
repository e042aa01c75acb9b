// The clock of an island's desk.
import { Countdown, minutes } from "./countdown.js";

const countdown = new Countdown((left_s) => {
  const time = document.querySelector("#desk [data-time]");
  if (time.textContent !== minutes(left_s)) time.textContent = minutes(left_s);
  time.closest(".time").classList.toggle("over", left_s === 0);
});

/** As in every state and heartbeat. */
export function setClock(clock) {
  countdown.set(clock);
}

function fromPage() {
  const { remaining, running } = document.querySelector("#desk .time").dataset;
  setClock({ running: running === "yes", remaining_s: Number(remaining) });
}

document.addEventListener("htmx:afterSwap", fromPage);
fromPage();
