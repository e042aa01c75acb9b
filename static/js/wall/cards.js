// A wall of cards: each keeps its place as long as it hangs there, and what finds no room comes round on further pages.
import { mostOnPage, setGrid } from "./grid.js";
import { inkOf } from "./ink.js";
import { letter } from "./lettering.js";
import { animate, fade } from "./motion.js";
import { Pages } from "./pages.js";
import { Places } from "./places.js";
import { fill, write } from "./values.js";

const PROBED = 3; // of the longest texts

export class Cards {
  #cards = new Map(); // id → card
  #sheets = new Map(); // id → sheet, of this page
  #places = new Places();
  #pages = new Pages((page) => this.#turn(page));
  #fitted = "";
  #drawn = "";

  /** `of(state)` gives the cards, the most wanted first; `most` of them on a page; ranked ones have one page, in that order. */
  constructor(scene, { most, of, isRanked = false }) {
    Object.assign(this, { scene, most, of, isRanked, perPage: most });
    for (const name of ["sheets", "empty", "more", "page"]) this[name] = scene.querySelector(`.${name}`);
    this.sheets.replaceChildren();
  }

  show(state, isCalm) {
    const all = this.of(state);
    const cards = this.isRanked ? all.slice(0, this.most) : all;
    const titles = new Map(state.islands.map(({ number, title }) => [number, title]));
    this.#cards = new Map(cards.map((card) => [card.id, { supports: 0, ...card, title: titles.get(card.island) ?? "" }]));
    this.empty.hidden = state.curtain || cards.length > 0;
    tell(this.more, { n: state.curtain ? 0 : (state.totals.cards ?? all.length) - all.length });
    this.#fit();
    const hasNews = this.#places.take([...this.#cards.keys()], this.perPage, this.isRanked);
    this.#pages.are(this.isRanked ? 1 : Math.max(1, Math.ceil(cards.length / this.perPage)), hasNews);
    this.#draw(isCalm);
  }

  /** As many a page as leave the longest text readable. */
  #fit() {
    const rem = getComputedStyle(document.documentElement).fontSize;
    const { clientWidth, clientHeight } = this.scene;
    const key = JSON.stringify([clientWidth, clientHeight, rem, document.fonts.status, ...this.#cards.values()]);
    if (key === this.#fitted) return;
    this.#fitted = key;
    const longest = [...this.#cards.values()].sort((one, other) => other.text.length - one.text.length).slice(0, PROBED);
    tell(this.page, { pages: 99, page: 99 }); // room for it
    const hanging = [...this.sheets.children];
    this.sheets.replaceChildren(...longest.map((card) => sheetOf(card)));
    const texts = [...this.sheets.querySelectorAll("p")];
    this.perPage = mostOnPage(this.sheets, this.#cards.size, this.most, () => texts.every(letter));
    this.sheets.replaceChildren(...hanging);
  }

  #draw(isCalm) {
    const ids = this.#places.ids.slice(this.#pages.at * this.perPage).slice(0, this.perPage);
    const drawn = JSON.stringify([this.#fitted, this.#pages.at, ids]);
    tell(this.page, { pages: this.#pages.count > 1 ? this.#pages.count : 0, page: this.#pages.at + 1 });
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    for (const [id, sheet] of this.#sheets) if (!ids.includes(id)) sheet.remove(), this.#sheets.delete(id);
    ids.forEach((id, place) => {
      const sheet = this.#sheets.get(id) ?? sheetOf(this.#cards.get(id));
      fill(sheet, this.#cards.get(id));
      if (this.sheets.children[place] !== sheet) this.sheets.insertBefore(sheet, this.sheets.children[place] ?? null);
      if (!this.#sheets.has(id) && !isCalm) animate(sheet, [{ transform: "translateY(-3rem)", opacity: 0 }, { transform: "none", opacity: 1 }], { duration: 500 });
      this.#sheets.set(id, sheet);
    });
    setGrid(this.sheets, ids.length);
    for (const sheet of this.#sheets.values()) letter(sheet.querySelector("p"));
  }

  #turn(page) {
    if (this.scene.hidden) return this.#pages.stop();
    fade(this.sheets, () => {
      this.#pages.open(page);
      this.#draw(true);
    });
  }
}

function sheetOf(card) {
  const sheet = document.getElementById("card-sheet").content.firstElementChild.cloneNode(true);
  sheet.dataset.card = card.id;
  sheet.classList.add(`tint-${inkOf(card.id) % 3}`);
  fill(sheet, card);
  return sheet;
}

/** Hidden where there is nothing to tell: the first number is 0. */
function tell(element, numbers) {
  if (!element) return;
  element.hidden = Object.values(numbers)[0] <= 0;
  write(element, Object.entries(numbers).reduce((text, [name, value]) => text.replace(`{${name}}`, value), element.dataset.text));
}
