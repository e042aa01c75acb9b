// Counts down from what the server said last, on a clock that nobody can set wrong; at zero it just stands.

export class Countdown {
  #timer = 0;
  #running = false;
  #endsAt = 0; // on performance.now()
  #left_ms = 0;

  /** `show(left_s, running)` is called whenever another second is left. */
  constructor(show) {
    this.show = show;
  }

  /** `running` and `remaining_s` as in every state and heartbeat. */
  set({ running, remaining_s }) {
    this.#running = running;
    this.#left_ms = remaining_s * 1000;
    this.#endsAt = performance.now() + this.#left_ms;
    this.#tick();
  }

  #tick() {
    clearTimeout(this.#timer);
    if (this.#running) this.#left_ms = Math.max(0, this.#endsAt - performance.now());
    this.show(Math.ceil(this.#left_ms / 1000), this.#running);
    if (this.#running && this.#left_ms > 0) {
      this.#timer = setTimeout(() => this.#tick(), this.#left_ms % 1000 || 1000);
    }
  }
}

/** 4500 → "75:00"; from 100 minutes on with hours, 6000 → "1:40:00" */
export function minutes(left_s) {
  const two = (number) => String(number).padStart(2, "0");
  const [all, seconds] = [Math.floor(left_s / 60), two(left_s % 60)];
  return all < 100 ? `${all}:${seconds}` : `${Math.floor(all / 60)}:${two(all % 60)}:${seconds}`;
}
