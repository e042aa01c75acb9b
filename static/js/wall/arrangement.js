// How many islands hang on one page so that everything can be read, and their sheets; anew only when something needs it.
import { arrange } from "./fit.js";
import { sheetOf } from "./sheet.js";
import { tell } from "./values.js";

export class Arrangement {
  #planned = "";
  #hanging = "";
  #perPage = 1;

  /** `list` is the board within `scene`, `page` says which page it is. */
  constructor({ scene, list, page }) {
    Object.assign(this, { scene, list, page });
  }

  /** The number of pages: the fewest with which nothing has to be cut. */
  pagesFor(islands) {
    const key = this.#keyOf(islands);
    if (key !== this.#planned) this.#plan(islands);
    this.#planned = key;
    return Math.max(1, Math.ceil(islands.length / this.#perPage));
  }

  onPage(islands, page) {
    return islands.slice(page * this.#perPage).slice(0, this.#perPage);
  }

  /** Whether there are fresh sheets; `write(sheet, island)` puts the numbers there before they are arranged. */
  hang(islands, write) {
    const key = this.#keyOf(islands);
    if (key === this.#hanging) return false;
    this.#hanging = key;
    this.list.replaceChildren(...islands.map(sheetOf));
    [...this.list.children].forEach((sheet, place) => write(sheet, islands[place]));
    arrange(this.list);
    return true;
  }

  #plan(islands) {
    this.#hanging = "";
    this.list.classList.toggle("single", islands.length === 1);
    for (let pages = 1; pages <= islands.length; pages += 1) {
      this.#perPage = Math.ceil(islands.length / pages);
      tell(this.page, { pages: pages > 1 ? pages : 0, page: 1 }); // room for it
      const isReadable = Array.from({ length: pages }, (_, page) => {
        this.list.replaceChildren(...this.onPage(islands, page).map(sheetOf));
        return arrange(this.list);
      });
      if (isReadable.every(Boolean)) return;
    }
  }

  #keyOf(islands) {
    const { clientWidth, clientHeight } = this.scene;
    const { fontSize } = getComputedStyle(document.documentElement);
    return JSON.stringify([clientWidth, clientHeight, this.list.clientWidth, fontSize, document.fonts.status,
      islands.map(({ number, title, offers }) => [number, title, offers.map(({ key, title: name }) => [key, name])])]);
  }
}
