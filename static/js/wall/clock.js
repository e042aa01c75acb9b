// The wall's clock: large, and marked when little time is left.
import { Countdown, minutes } from "../countdown.js";
import { write } from "./values.js";

const SOON_S = 5 * 60;

export class Clock extends Countdown {
  constructor(element) {
    const time = element.querySelector("time");
    super((left_s, running) => {
      write(time, minutes(left_s).padStart(5, "0"));
      element.dataset.running = running ? "yes" : "no";
      element.classList.toggle("soon", running && left_s <= SOON_S);
    });
  }
}
