// A wall of cards: each keeps its place as long as it hangs there; a newcomer takes a free one or the oldest one's.
import { inkOf } from "./ink.js";
import { letter } from "./lettering.js";
import { animate } from "./motion.js";
import { fill, write } from "./values.js";

const FEW = 6;

export class Cards {
  #places = []; // card ids, null where nothing hangs
  #sheets = new Map();

  /** `of(state)` gives the cards, the most wanted first; `most` of them are shown; ranked ones keep that order. */
  constructor(scene, { most, of, isRanked = false }) {
    Object.assign(this, { most, of, isRanked });
    this.list = scene.querySelector(".sheets");
    this.empty = scene.querySelector(".empty");
    this.more = scene.querySelector(".more");
  }

  show(state, isCalm) {
    const cards = this.of(state);
    const shown = cards.slice(0, this.most);
    this.empty.hidden = state.curtain || cards.length > 0;
    this.list.classList.toggle("few", shown.length <= FEW);
    if (this.more) {
      const rest = state.curtain ? 0 : (state.totals.cards ?? cards.length) - shown.length;
      this.more.hidden = rest <= 0;
      write(this.more, this.more.dataset.text.replace("{n}", rest));
    }
    this.#assign(shown.map((card) => card.id));
    const titles = new Map(state.islands.map(({ number, title }) => [number, title]));
    this.#draw(new Map(shown.map((card) => [card.id, { ...card, title: titles.get(card.island) ?? "" }])), isCalm);
  }

  #assign(ids) {
    if (this.isRanked) this.#places = ids;
    const places = this.#places.map((id) => (ids.includes(id) ? id : null));
    for (const id of ids.filter((id) => !places.includes(id))) {
      const free = places.indexOf(null);
      places[free < 0 ? places.length : free] = id;
    }
    this.#places = places.filter((id) => id !== null);
  }

  #draw(cards, isCalm) {
    for (const [id, sheet] of this.#sheets) if (!cards.has(id)) sheet.remove(), this.#sheets.delete(id);
    if (this.#sheets.size === 0) this.list.replaceChildren();
    this.#places.forEach((id, place) => {
      const isNew = !this.#sheets.has(id);
      if (isNew) this.#sheets.set(id, sheetOf(id));
      const sheet = this.#sheets.get(id);
      fill(sheet, { supports: 0, ...cards.get(id) });
      if (this.list.children[place] !== sheet) this.list.insertBefore(sheet, this.list.children[place] ?? null);
      if (isNew && !isCalm) animate(sheet, [{ transform: "translateY(-3rem)", opacity: 0 }, { transform: "none", opacity: 1 }], { duration: 500 });
    });
    for (const sheet of this.#sheets.values()) letter(sheet.querySelector("p"));
  }
}

function sheetOf(id) {
  const sheet = document.getElementById("card-sheet").content.firstElementChild.cloneNode(true);
  sheet.dataset.card = id;
  sheet.classList.add(`tint-${inkOf(id) % 3}`);
  return sheet;
}
