// A fresh sheet for one card, and what its foot says.
import { inkOf } from "./ink.js";
import { fill } from "./values.js";

const TINTS = 3;

/** Cards of a state by id, each with where it comes from: its offer, else, where that is not clear, its island. */
export function withOrigins(cards, { islands }, isIslandKnown) {
  const titles = new Map(islands.flatMap(({ offers }) => offers.map(({ key, title }) => [key, title])));
  const names = new Map(islands.map(({ number, title }) => [number, isIslandKnown ? "" : title]));
  return new Map(cards.map((card) => [card.id, { supports: 0, ...card, origin: titles.get(card.offer) ?? names.get(card.island) ?? "" }]));
}

/** Cards of one `tint` have one colour. */
export function cardSheet(card, tint = inkOf(card.id)) {
  const sheet = document.getElementById("card-sheet").content.firstElementChild.cloneNode(true);
  sheet.dataset.card = card.id;
  sheet.classList.add(`tint-${tint % TINTS}`);
  write(sheet, card);
  return sheet;
}

export function write(sheet, card) {
  sheet.classList.toggle("highlighted", Boolean(card.highlighted));
  fill(sheet, card);
}

export const dropIn = [[{ transform: "translateY(-3rem)", opacity: 0 }, { transform: "none", opacity: 1 }], { duration: 500 }];
