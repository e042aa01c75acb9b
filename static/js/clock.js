// The remaining time in the phone's header.
import { Countdown, minutes } from "./countdown.js";

const countdown = new Countdown((left_s) => {
  const left = document.querySelector("#clock .left");
  if (left && left.textContent !== minutes(left_s)) left.textContent = minutes(left_s);
});

export function setClock(clock) {
  countdown.set(clock);
}

function fromPage() {
  const clock = document.getElementById("clock");
  if (clock) setClock({ running: clock.dataset.running === "true", remaining_s: Number(clock.dataset.remainingS) });
}

fromPage();
document.addEventListener("page:renewed", fromPage);
