// How this wall looks, whatever the others do: light or dark, size of the text, and whether anything moves.
import { recall, remember } from "./remembered.js";

const STEP = 0.1;
const [LEAST, MOST] = [0.7, 1.6];
const root = document.documentElement;

export class Looks {
  #text = Number(recall("wall-text")) || 1;

  /** `losses()`: how much does not find its room; `redraw()` fits everything anew. */
  constructor({ losses, redraw }) {
    Object.assign(this, { losses, redraw });
    this.#keep("theme", recall("wall-theme") ?? "light");
    this.#keep("calm", recall("wall-calm") ?? "off");
    this.#enlarge(this.#text);
  }

  turnTheme() {
    this.#keep("theme", root.dataset.theme === "dark" ? "light" : "dark");
  }

  /** Whether it is calm now. */
  turnCalm() {
    this.#keep("calm", root.dataset.calm === "on" ? "off" : "on");
    return root.dataset.calm === "on";
  }

  /** By so many steps, 0 for the size that is meant; not so far that something would be lost. Returns the factor. */
  size(steps) {
    const wanted = steps === 0 ? 1 : Math.min(MOST, Math.max(LEAST, this.#text + steps * STEP));
    const [before, had] = [this.#text, this.losses()];
    this.#enlarge(wanted);
    if (steps > 0 && this.losses() > had) this.#enlarge(before);
    remember("wall-text", this.#text.toFixed(1));
    return this.#text;
  }

  /** Another scene may have less room: as large as fits, and never smaller than meant for that. */
  settle() {
    if (this.#text <= 1) return;
    const wanted = this.#text;
    this.#enlarge(1);
    const had = this.losses();
    for (let text = wanted; text >= 1; text -= STEP) {
      this.#enlarge(text);
      if (this.losses() <= had) break;
    }
    this.#text = wanted;
  }

  #enlarge(text) {
    this.#text = text;
    root.style.setProperty("--text", text.toFixed(2));
    this.redraw();
  }

  #keep(name, value) {
    root.dataset[name] = value;
    remember(`wall-${name}`, value);
  }
}
