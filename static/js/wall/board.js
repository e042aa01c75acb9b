// The pin board: a sheet for each island, its numbers, and its dots.
import { fillStrip, STORM } from "./dots.js";
import { fit } from "./fit.js";
import { columnsFor, sheetOf } from "./sheet.js";
import { fill } from "./values.js";

const MOST_DOTS = { many: 150, single: 600 }; // on one sheet; beyond that they would be too small to be told apart
const NOTHING = { yes: 0, no: 0 };

export class Board {
  #shape = "";
  #sheets = [];

  /** `of(state)` gives the islands to show. */
  constructor(scene, of) {
    this.list = scene.querySelector(".board");
    this.of = of;
  }

  show(state, isCalm) {
    const islands = this.of(state);
    const shape = JSON.stringify(islands.map(({ number, title, offers }) =>
      [number, title, offers.map((offer) => [offer.key, offer.title])]));
    const isNew = shape !== this.#shape;
    if (isNew) this.#build(islands);
    this.#shape = shape;
    const before = this.#dots;
    this.#dots = islands.reduce((sum, island) => sum + island.yes + island.no, 0);
    const isStorm = this.#dots - before > STORM;
    islands.forEach((island, place) => this.#count(this.#sheets[place], island));
    const room = fit(this.list, islands);
    const most = MOST_DOTS[this.list.classList.contains("single") ? "single" : "many"];
    islands.forEach((island, place) => {
      const sheet = this.#sheets[place];
      const options = { ...room, asBar: island.yes + island.no > most, isCalm: isCalm || isNew || isStorm };
      for (const [row, offer] of this.#rows(sheet, island)) {
        const isShown = row.classList.contains("total") === (sheet.dataset.lines === "sum");
        fillStrip(row.querySelector(".strip"), isShown ? offer : NOTHING, options);
      }
    });
  }

  #dots = 0;

  #build(islands) {
    const columns = columnsFor(islands.length);
    this.list.style.setProperty("--columns", columns);
    this.list.style.setProperty("--rows", Math.ceil(islands.length / columns));
    this.list.classList.toggle("single", islands.length === 1);
    this.list.classList.toggle("few", islands.length > 1 && islands.length <= 4);
    this.list.replaceChildren(...islands.map(sheetOf));
    this.#sheets = [...this.list.children];
  }

  #count(sheet, island) {
    fill(sheet.querySelector("header"), island);
    for (const [row, offer] of this.#rows(sheet, island)) fill(row, offer);
  }

  /** The rows of a sheet, each with what it counts; the last one is for the whole island. */
  #rows(sheet, island) {
    const rows = [...sheet.querySelectorAll(".offer")];
    return rows.map((row, place) => [row, island.offers[place] ?? { title: "", yes: island.yes, no: island.no }]);
  }
}
