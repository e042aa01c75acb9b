// One page of the wall of cards: columns below the heads of their islands.
import { cardSheet, dropIn, write } from "./card.js";
import { letterAlike } from "./lettering.js";
import { animate } from "./motion.js";
import { fill } from "./values.js";

export class Pins {
  islands = new Map(); // number → island
  #sheets = new Map(); // card's id → sheet
  #drawn = "";

  constructor(list) {
    this.list = list;
    list.replaceChildren();
  }

  /** `columns` as of Hanging, of `rows` slots each; `key` changes with everything else that is seen. */
  draw(columns, { rows, key, isCalm }) {
    const drawn = JSON.stringify([key, rows, columns]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const before = this.#sheets;
    this.#sheets = new Map();
    columns.forEach(({ cards }, column) => this.#column(cards, column, before));
    this.list.style.setProperty("--columns", Math.max(1, columns.length));
    this.list.style.setProperty("--rows", rows);
    this.list.replaceChildren(...this.#heads(columns), ...this.#sheets.values());
    letterAlike([...this.#sheets.values()].map((sheet) => sheet.querySelector("p")));
    for (const [id, sheet] of this.#sheets) if (!before.has(id) && !isCalm) animate(sheet, ...dropIn);
  }

  head(number) {
    const head = document.getElementById("island-head").content.firstElementChild.cloneNode(true);
    fill(head, this.islands.get(number) ?? { number, title: "" });
    return head;
  }

  #column(cards, column, before) {
    let row = 2; // below the head
    for (const { card, slots } of cards) {
      const sheet = before.get(card.id) ?? cardSheet(card, card.island);
      write(sheet, card);
      sheet.style.gridArea = `${row} / ${column + 1} / span ${slots} / auto`;
      this.#sheets.set(card.id, sheet);
      row += slots;
    }
  }

  #heads(columns) {
    const numbers = [...new Set(columns.map(({ island }) => island))];
    return numbers.map((number) => {
      const head = this.head(number);
      const own = columns.filter(({ island }) => island === number).length;
      head.style.gridColumn = `${columns.findIndex(({ island }) => island === number) + 1} / span ${own}`;
      return head;
    });
  }
}
