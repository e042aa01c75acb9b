// A desk's clock; "5 min mehr" starts from what it shows.
import { Countdown, minutes } from "./countdown.js";

const countdown = new Countdown((left_s) => {
  const time = document.querySelector("#desk [data-time]");
  if (time.textContent !== minutes(left_s)) time.textContent = minutes(left_s);
  time.closest(".time").classList.toggle("over", left_s === 0);
  for (const field of document.querySelectorAll("#desk input[data-offset]")) {
    field.value = Math.max(0, left_s + Number(field.dataset.offset));
  }
});

/** As in every state and heartbeat. */
export function setClock(clock) {
  countdown.set(clock);
}

function fromPage() {
  const { remaining, running } = document.getElementById("desk").dataset;
  setClock({ running: running === "yes", remaining_s: Number(remaining) });
}

document.addEventListener("htmx:afterSwap", fromPage);
fromPage();
