// A fresh sheet of paper for an island: its offers, and a last row for all of them together.
import { writeTitle } from "./values.js";

export function sheetOf(island) {
  const sheet = document.getElementById("island-sheet").content.firstElementChild.cloneNode(true);
  sheet.dataset.island = island.number;
  writeTitle(sheet.querySelector("h2"), island.title);
  const list = sheet.querySelector(".offers");
  const sum = { key: "", title: list.dataset.sum.replace("{n}", island.offers.length) };
  const offers = [...island.offers, sum].map((offer) => {
    const row = document.getElementById("offer-row").content.firstElementChild.cloneNode(true);
    row.dataset.offer = offer.key;
    writeTitle(row.querySelector("h3"), offer.title);
    row.classList.toggle("total", offer.key === "");
    return row;
  });
  list.append(...offers);
  return sheet;
}
