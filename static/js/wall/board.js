// The pin board: a sheet for each island, its numbers, and its dots.
import { fillStrip, STORM } from "./dots.js";
import { fit } from "./fit.js";
import { fill, writeTitle } from "./values.js";

const MOST_DOTS = { many: 150, single: 600 }; // on one sheet; beyond that they would be too small to be told apart

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
      const asBar = island.yes + island.no > most;
      this.#rows(this.#sheets[place], island).forEach(([row, offer]) =>
        fillStrip(row.querySelector(".strip"), offer, { ...room, asBar, isCalm: isCalm || isNew || isStorm }));
    });
  }

  #dots = 0;

  #build(islands) {
    const columns = columnsFor(islands.length);
    this.list.style.setProperty("--columns", columns);
    this.list.style.setProperty("--rows", Math.ceil(islands.length / columns));
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

function sheetOf(island) {
  const sheet = document.getElementById("island-sheet").content.firstElementChild.cloneNode(true);
  sheet.dataset.island = island.number;
  writeTitle(sheet.querySelector("h2"), island.title);
  const offers = [...island.offers, { key: "", title: "" }].map((offer) => {
    const row = document.getElementById("offer-row").content.firstElementChild.cloneNode(true);
    row.dataset.offer = offer.key;
    writeTitle(row.querySelector("h3"), offer.title);
    row.classList.toggle("total", offer.key === "");
    return row;
  });
  sheet.querySelector(".offers").append(...offers);
  return sheet;
}

/** As near to the shape of a screen as can be, without a row that is almost empty. */
function columnsFor(count) {
  return [0, 1, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4][count] ?? (count <= 16 ? 4 : count <= 20 ? 5 : Math.ceil(Math.sqrt(count * 1.3)));
}
