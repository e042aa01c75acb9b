// Makes a board fit its screen: the longest titles give way first; where that is not enough, offers to their island's sum.

const LEAST_REM = 1.1;
const MOST_REM = 4;
const LEAST_PITCH_PX = 5; // of a dot
const LINES = ["two", "snug", "one", "close", "tight", "flat", "sum"];

/** Returns the room of one strip of dots in pixels and how many rows of dots it has: {width, height, rows}. */
export function fit(list, islands) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const sheets = [...list.children];
  const key = [list.clientWidth, list.clientHeight, rem, document.fonts.status].join(" ");
  if (list.dataset.fitted !== key || sheets.some((sheet) => !sheet.dataset.lines || overflows(sheet))) {
    list.dataset.fitted = key;
    list.style.setProperty("--strip", `${LEAST_REM}rem`);
    for (const sheet of sheets) sheet.dataset.lines = LINES.find((lines) => fits(sheet, lines)) ?? "sum";
    const spare = Math.min(...sheets.map(spareOf)) / rem;
    list.style.setProperty("--strip", `${Math.min(MOST_REM, LEAST_REM + Math.max(0, spare))}rem`);
  }
  const boxes = [...list.querySelectorAll(".strip")].map((strip) => strip.getBoundingClientRect()).filter((box) => box.height > 0);
  const width = Math.floor(Math.min(...boxes.map((box) => box.width)));
  const height = Math.floor(Math.min(...boxes.map((box) => box.height)));
  const counted = islands.flatMap((island, place) => (sheets[place].dataset.lines === "sum" ? [island] : island.offers));
  return { width, height, rows: rowsFor(width, height, counted) };
}

function fits(sheet, lines) {
  sheet.dataset.lines = lines;
  return !overflows(sheet);
}

function overflows(sheet) {
  return [sheet, sheet.querySelector(".offers")].some((box) => box.scrollHeight > box.clientHeight + 1); // both are rounded
}

/** Pixels that each offer of a sheet could be higher. */
function spareOf(sheet) {
  const heightOf = (element) => element.getBoundingClientRect().height;
  const offers = sheet.querySelector(".offers");
  const rows = [...offers.children].filter((row) => row.clientHeight > 0);
  const used = rows.reduce((sum, row) => sum + heightOf(row), 0);
  return Math.floor((heightOf(offers) - used - 1) / Math.max(1, rows.length)); // a pixel goes into rounding
}

/** The fewest rows with which the dots of every offer find room: as few dots as there are, as large they are. */
function rowsFor(width, height, offers) {
  const columns = ({ yes, no }, rows) => Math.ceil(yes / rows) + Math.ceil(no / rows) + 1;
  const most = Math.max(1, Math.floor(height / LEAST_PITCH_PX));
  for (let rows = 1; rows < most; rows += 1) {
    if (offers.every((offer) => columns(offer, rows) * (height / rows) <= width)) return rows;
  }
  return most;
}
