// The wall's clock: large, and marked when little time is left.
import { Countdown, minutes } from "../countdown.js";
import { write } from "./values.js";

const SOON_S = 5 * 60;

export class Clock extends Countdown {
  constructor(element) {
    const time = element.querySelector("time");
    super((left_s, running) => {
      write(time, minutes(left_s).padStart(5, "0"));
      element.classList.toggle("long", time.textContent.length > 5);
      element.dataset.running = !running ? "no" : left_s > 0 ? "yes" : "over";
      element.classList.toggle("soon", running && left_s <= SOON_S);
    });
  }
}
