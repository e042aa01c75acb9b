// Counts down on this computer's steady clock from what the server said last; at zero it just stands.
import { write } from "./values.js";

const SOON_S = 5 * 60;

export class Clock {
  #timer = 0;

  constructor(element) {
    this.element = element;
    this.time = element.querySelector("time");
  }

  set({ running, remaining_s }) {
    this.running = running;
    this.endsAt = performance.now() + remaining_s * 1000;
    this.left_ms = remaining_s * 1000;
    this.#show();
  }

  #show() {
    clearTimeout(this.#timer);
    if (this.running) this.left_ms = Math.max(0, this.endsAt - performance.now());
    const left_s = Math.ceil(this.left_ms / 1000);
    write(this.time, `${two(Math.floor(left_s / 60))}:${two(left_s % 60)}`);
    this.element.dataset.running = this.running ? "yes" : "no";
    this.element.classList.toggle("soon", this.running && left_s <= SOON_S);
    if (this.running && left_s > 0) this.#timer = setTimeout(() => this.#show(), this.left_ms % 1000 || 1000);
  }
}

function two(number) {
  return String(number).padStart(2, "0");
}
