// The wall's clock: large, in another colour near the end, with the round it is, and a gong for what people should know.
import { Countdown, minutes } from "../countdown.js";
import { changes, roundAt } from "../rounds.js";
import { Marks } from "./marks.js";
import { write } from "./values.js";

const [SOON_S, LAST_S] = [5 * 60, 60];
const CHANGING_S = 20; // so long a new round is called out

export class Clock extends Countdown {
  #marks = new Marks();
  #clock = {};

  constructor(element, gong) {
    super((left_s, running) => {
      this.#write(left_s, running);
      const rounds = changes(this.#clock);
      const mark = this.#marks.pass(left_s, running, [...rounds, SOON_S, LAST_S]);
      if (mark !== null) gong.strike(rounds.includes(mark) ? 3 : mark === SOON_S ? 1 : 2);
    });
    Object.assign(this, { element, time: element.querySelector("time"), round: element.querySelector(".round") });
  }

  set(clock) {
    this.#clock = clock;
    super.set(clock);
  }

  #write(left_s, running) {
    write(this.time, minutes(left_s).padStart(5, "0"));
    this.element.classList.toggle("long", this.time.textContent.length > 5);
    this.element.dataset.running = !running ? "no" : left_s > 0 ? "yes" : "over";
    this.element.classList.toggle("soon", running && left_s <= SOON_S && left_s > LAST_S);
    this.element.classList.toggle("last", running && left_s <= LAST_S);
    const now = roundAt(left_s, this.#clock);
    const isChanging = running && now?.round > 1 && this.#clock.round_s - now.left_s < CHANGING_S;
    this.element.classList.toggle("changing", isChanging);
    this.round.hidden = now === null;
    if (now === null) return;
    const text = isChanging ? this.round.dataset.change : this.round.dataset.text;
    write(this.round, text.replace("{round}", now.round).replace("{rounds}", now.rounds).replace("{left}", minutes(now.left_s)));
  }
}
