// A few cards on one page: as many as can be read, each in its place as long as it hangs there.
import { cardSheet, dropIn, withOrigins, write } from "./card.js";
import { mostOnPage, setGrid } from "./grid.js";
import { letter, letterAlike } from "./lettering.js";
import { animate } from "./motion.js";
import { Places } from "./places.js";

const PROBED = 3; // of the longest texts

export class Cards {
  #cards = new Map(); // id → card
  #sheets = new Map(); // id → sheet
  #places = new Places();
  #fitted = "";
  #drawn = "";
  #count = 1;

  /** `of(state)` gives the cards, the most wanted first, at most `most` of them are shown; ranked ones in that order. */
  constructor(scene, { most, of, shape, isRanked = false, isIslandKnown = false }) {
    Object.assign(this, { scene, most, of, shape, isRanked, isIslandKnown });
    for (const name of ["sheets", "empty"]) this[name] = scene.querySelector(`.${name}`);
    this.sheets.replaceChildren();
  }

  show(state, isCalm) {
    const cards = this.of(state).slice(0, this.most);
    this.#cards = withOrigins(cards, state, this.isIslandKnown);
    this.empty.hidden = state.curtain || cards.length > 0;
    this.#fit();
    this.#places.take([...this.#cards.keys()], this.#count, this.isRanked);
    this.#draw(this.#places.ids.slice(0, this.#count), isCalm);
  }

  /** As many as leave the longest text readable. */
  #fit() {
    const rem = getComputedStyle(document.documentElement).fontSize;
    const { clientWidth, clientHeight } = this.sheets;
    const key = JSON.stringify([clientWidth, clientHeight, rem, document.fonts.status, ...this.#cards.values()]);
    if (key === this.#fitted) return;
    this.#fitted = key;
    const longest = [...this.#cards.values()].sort((one, other) => other.text.length - one.text.length).slice(0, PROBED);
    const hanging = [...this.sheets.children];
    const isReadable = (count) => {
      this.sheets.replaceChildren(...longest.slice(0, count).map((card) => cardSheet(card)));
      return [...this.sheets.querySelectorAll("p")].every(letter);
    };
    this.#count = mostOnPage(this.sheets, this.#cards.size, this.most, isReadable, this.shape);
    this.sheets.replaceChildren(...hanging);
  }

  #draw(ids, isCalm) {
    const drawn = JSON.stringify([this.#fitted, ids]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    for (const [id, sheet] of this.#sheets) if (!ids.includes(id)) sheet.remove(), this.#sheets.delete(id);
    ids.forEach((id, place) => {
      const card = this.#cards.get(id);
      const sheet = this.#sheets.get(id) ?? cardSheet(card);
      write(sheet, card);
      if (this.sheets.children[place] !== sheet) this.sheets.insertBefore(sheet, this.sheets.children[place] ?? null);
      if (!this.#sheets.has(id) && !isCalm) animate(sheet, ...dropIn);
      this.#sheets.set(id, sheet);
    });
    setGrid(this.sheets, ids.length, this.shape);
    letterAlike([...this.#sheets.values()].map((sheet) => sheet.querySelector("p")));
  }
}
