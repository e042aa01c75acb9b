// The wall of cards, island by island; what finds no room comes round on further pages, and a new card is seen first.
import { withOrigins } from "./card.js";
import { Hanging } from "./hanging.js";
import { fade } from "./motion.js";
import { Pages } from "./pages.js";
import { Pins } from "./pins.js";
import { readableGrid } from "./readable.js";
import { tell } from "./values.js";

export class CardWall {
  #hanging = new Hanging();
  #pages = new Pages((page) => this.#turn(page));
  #grid = { columns: 1, rows: 1 };
  #fitted = "";
  #chunks = [[]]; // columns of every page

  constructor(scene) {
    this.scene = scene;
    for (const name of ["sheets", "empty", "more", "page"]) this[name] = scene.querySelector(`.${name}`);
    this.pins = new Pins(this.sheets);
  }

  show(state, isCalm) {
    const known = new Set(state.cards.map(({ id }) => id));
    const all = [...state.cards, ...state.best.filter((card) => card.highlighted && !known.has(card.id))];
    const cards = withOrigins(all, state, true);
    this.empty.hidden = state.curtain || all.length > 0;
    tell(this.more, { n: state.curtain ? 0 : (state.totals.cards ?? all.length) - all.length });
    this.pins.islands = new Map(state.islands.map((island) => [island.number, island]));
    this.#fit([...cards.values()]);
    const newcomers = this.#hang(cards, [...this.pins.islands.keys()]);
    this.#pages.are(this.#chunks.length, this.#chunks.findIndex((chunk) => idsOf(chunk).some((id) => newcomers.includes(id))));
    this.#draw(isCalm);
  }

  /** As few rows as there can be without another page. Returns the ids of cards that joined others. */
  #hang(cards, islands) {
    const { columns, rows } = this.#grid;
    const newcomers = this.#hanging.take([...cards.values()], columns * rows);
    const fewest = Array.from({ length: rows }, (_, place) => place + 1);
    this.rows = fewest.find((count) => this.#hanging.columns(cards, islands, count).length <= columns) ?? rows;
    const all = this.#hanging.columns(cards, islands, this.rows);
    const pages = Math.max(1, Math.ceil(all.length / columns));
    this.#chunks = Array.from({ length: pages }, (_, page) => all.slice(page * columns).slice(0, columns));
    return newcomers;
  }

  /** As many on a page as leave the longest text readable. */
  #fit(cards) {
    const rem = getComputedStyle(document.documentElement).fontSize;
    const { clientWidth, clientHeight } = this.scene;
    const key = JSON.stringify([clientWidth, clientHeight, rem, document.fonts.status, cards]);
    if (key === this.#fitted) return;
    this.#fitted = key;
    tell(this.page, { pages: 99, page: 99 }); // room for it
    this.#grid = readableGrid(this.sheets, cards, parseFloat(rem), (number) => this.pins.head(number));
  }

  #draw(isCalm) {
    tell(this.page, { pages: this.#pages.count > 1 ? this.#pages.count : 0, page: this.#pages.at + 1 });
    this.pins.draw(this.#chunks[this.#pages.at] ?? [], { rows: this.rows, key: this.#fitted, isCalm });
  }

  #turn(page) {
    if (this.scene.hidden) return this.#pages.stop();
    fade(this.sheets, () => {
      this.#pages.open(page);
      this.#draw(true);
    });
  }
}

const idsOf = (chunk) => chunk.flatMap(({ cards }) => cards.map(({ card }) => card.id));
