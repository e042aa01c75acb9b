// A fresh sheet of paper for an island, and how many hang side by side.
import { writeTitle } from "./values.js";

export function sheetOf(island) {
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
export function columnsFor(count) {
  return [0, 1, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4][count] ?? (count <= 16 ? 4 : count <= 20 ? 5 : Math.ceil(Math.sqrt(count * 1.3)));
}
