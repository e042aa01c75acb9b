// How many cards of a wall hang on one page: the most with which the longest of them can be read to its end.
import { cardSheet } from "./card.js";
import { letter } from "./lettering.js";

const LEAST_REM = 11.5; // of a column
const MOST = { columns: 4, rows: 3 };
const PROBED = 3; // of the longest texts

/** {columns, rows} for `cards` in `list`, whose children are gone afterwards; `headOf(number)` makes an island's head. */
export function readableGrid(list, cards, rem, headOf) {
  const longest = cards.toSorted((one, other) => other.text.length - one.text.length).slice(0, PROBED);
  const widest = Math.max(1, Math.min(MOST.columns, Math.floor(list.clientWidth / rem / LEAST_REM)));
  const grids = Array.from({ length: widest * MOST.rows }, (_, place) => ({ columns: (place % widest) + 1, rows: Math.floor(place / widest) + 1 }));
  grids.sort((one, other) => other.columns * other.rows - one.columns * one.rows || other.columns - one.columns);
  return grids.find(({ columns, rows }) => {
    list.style.setProperty("--columns", columns);
    list.style.setProperty("--rows", rows);
    return longest.every((card) => {
      const [sheet, head] = [cardSheet(card), headOf(card.island)];
      [head.style.gridArea, sheet.style.gridArea] = ["1 / 1", "2 / 1"];
      list.replaceChildren(head, sheet);
      return letter(sheet.querySelector("p"));
    });
  }) ?? { columns: 1, rows: 1 };
}
