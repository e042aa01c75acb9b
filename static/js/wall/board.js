// The pin board: a sheet for each island, its numbers, its dots, and how many have been there; too many come in pages.
import { Arrangement } from "./arrangement.js";
import { fillStrip, STORM } from "./dots.js";
import { fade } from "./motion.js";
import { Pages } from "./pages.js";
import { roomFor } from "./room.js";
import { fill, tell } from "./values.js";

const MOST_DOTS = { many: 150, single: 600 }; // on one sheet; beyond that they would be too small to be told apart
const NOTHING = { yes: 0, no: 0 };

export class Board {
  #dots = 0;
  #pages = new Pages((page) => this.#turn(page));

  /** `of(state)` gives the islands to show. */
  constructor(scene, of) {
    Object.assign(this, { scene, of, list: scene.querySelector(".board"), page: scene.querySelector(".page") });
    this.arrangement = new Arrangement(this);
  }

  show(state, isCalm) {
    this.state = state;
    const all = this.of(state);
    this.#pages.are(this.arrangement.pagesFor(all), -1);
    tell(this.page, { pages: this.#pages.count > 1 ? this.#pages.count : 0, page: this.#pages.at + 1 });
    const islands = this.arrangement.onPage(all, this.#pages.at);
    const isNew = this.arrangement.hang(islands, (sheet, island) => this.#write(sheet, island));
    const before = this.#dots;
    this.#dots = all.reduce((sum, island) => sum + island.yes + island.no, 0);
    this.#count(islands, { isCalm: isCalm || isNew || this.#dots - before > STORM });
  }

  #count(islands, options) {
    const sheets = [...this.list.children];
    islands.forEach((island, place) => this.#write(sheets[place], island));
    const room = roomFor(this.list, islands);
    const most = MOST_DOTS[this.list.classList.contains("single") ? "single" : "many"];
    islands.forEach((island, place) => {
      const isSum = sheets[place].dataset.lines === "sum";
      for (const [row, offer] of rowsOf(sheets[place], island)) {
        const isShown = row.classList.contains("total") === isSum;
        fillStrip(row.querySelector(".strip"), isShown ? offer : NOTHING, { ...room, ...options, asBar: island.yes + island.no > most });
      }
    });
  }

  #write(sheet, island) {
    fill(sheet, island);
    for (const [row, { yes, no }] of rowsOf(sheet, island)) fill(row, { yes, no });
    sheet.querySelector(".coverage").style.setProperty("--share", island.devices / Math.max(1, this.state.devices));
  }

  #turn(page) {
    if (this.scene.hidden) return this.#pages.stop();
    fade(this.list, () => {
      this.#pages.open(page);
      this.show(this.state, true);
    });
  }
}

/** The rows of a sheet, each with what it counts; the last one is for the whole island. */
function rowsOf(sheet, island) {
  return [...sheet.querySelectorAll(".offer")].map((row, place) => [row, island.offers[place] ?? { yes: island.yes, no: island.no }]);
}
