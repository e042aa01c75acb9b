// Makes a board fit its screen without cutting a word: as large as it goes, then offers give way to their island's sum.
import { columnsFor } from "./columns.js";

// Sizes of an island's text, and whether words may break where nothing else helps. With those of one island alone
// its figures can be read from the last row; "snug" is what a board of many can just be read with.
const SIZES = {
  single: [["huge", false], ["large", false], ["medium", false], ["medium", true], ["snug", true]],
  many: [["huge", false], ["large", false], ["medium", false], ["roomy", false], ["snug", false], ["snug", true]],
};
const LEAST_REM = 1; // of a strip of dots
const MOST_REM = 4;
const LINE_PX = 2; // between two offers, and what goes into rounding

/** Arranges the sheets of `list`; returns whether everything on them can be read. */
export function arrange(list) {
  const sheets = [...list.children];
  const rem = remOf();
  list.style.setProperty("--strip", `${LEAST_REM}rem`);
  const choices = columnsFor(sheets.length, { width: list.clientWidth / rem, height: list.clientHeight / rem });
  list.classList.remove("large-sums");
  const isDone = tries(list, sheets, choices);
  list.classList.add("large-sums");
  if (overflows(list)) list.classList.remove("large-sums");
  const spare = Math.min(...sheets.map(spareOf)) / rem;
  list.style.setProperty("--strip", `${Math.min(MOST_REM, LEAST_REM + Math.max(0, spare))}rem`);
  if (overflows(list)) list.style.setProperty("--strip", `${LEAST_REM}rem`);
  return isDone;
}

function tries(list, sheets, choices) {
  for (const [size, mayBreak] of SIZES[list.classList.contains("single") ? "single" : "many"]) {
    list.classList.toggle("breaking", mayBreak);
    for (const sheet of sheets) sheet.dataset.lines = size;
    if (choices.some((columns) => fits(list, columns))) return true;
  }
  return choices.some((columns) => {
    for (const sheet of sheets) sheet.dataset.lines = "snug";
    if (fits(list, columns)) return true;
    const fullest = sheets.map((sheet) => [sheet, contentOf(sheet)]).sort(([, one], [, other]) => other - one);
    const isDone = fullest.some(([sheet]) => {
      sheet.dataset.lines = "sum";
      return !overflows(list);
    });
    for (const [sheet] of isDone ? fullest.reverse() : []) restore(list, sheet);
    return isDone;
  });
}

/** One that gave way may have done so for nothing: others beside it needed the room. */
function restore(list, sheet) {
  if (sheet.dataset.lines !== "sum") return;
  sheet.dataset.lines = "snug";
  if (overflows(list)) sheet.dataset.lines = "sum";
}

function fits(list, columns) {
  list.style.setProperty("--columns", columns);
  list.style.setProperty("--rows", Math.ceil(list.childElementCount / columns));
  return !overflows(list);
}

/** Rows are as high as their fullest sheet needs: so it is the list that overflows, or a word its column. */
function overflows(list) {
  if (list.scrollHeight > list.clientHeight + 1 || list.scrollWidth > list.clientWidth + 1) return true;
  return [...list.querySelectorAll("h2, h3, .answers, .reach")].some((box) => box.scrollWidth > box.clientWidth + 1);
}

const remOf = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
const heightOf = (element) => element.getBoundingClientRect().height;
const rowsOf = (sheet) => [...sheet.querySelectorAll(".offer")].filter((row) => row.clientHeight > 0);
const bodyOf = (row) => [...row.children].reduce((sum, part) => sum + heightOf(part), 0); // the row itself takes what is free
const bodiesOf = (sheet) => rowsOf(sheet).reduce((sum, row) => sum + bodyOf(row), 0);
const contentOf = (sheet) => heightOf(sheet.querySelector("header")) + heightOf(sheet.querySelector(".reach")) + bodiesOf(sheet);

/** Pixels that each offer of a sheet could be higher. */
function spareOf(sheet) {
  const free = heightOf(sheet.querySelector(".offers")) - bodiesOf(sheet);
  return Math.floor(free / Math.max(1, rowsOf(sheet).length)) - LINE_PX;
}
