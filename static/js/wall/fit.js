// Makes a board fit its screen: the longest titles give way first, then the offers to their island's sum.

const LEAST_REM = 1.1;
const MOST_REM = 4;
const LEAST_PITCH_PX = 5; // of a dot
const LINES = ["two", "one", "tight", "sum"];

/** Returns the room of one strip of dots in pixels and how many rows of dots it has: {width, height, rows}. */
export function fit(list, islands) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const sheets = [...list.children];
  const key = [list.clientWidth, list.clientHeight, rem, document.fonts.status].join(" ");
  if (list.dataset.fitted !== key || sheets.some((sheet) => !sheet.dataset.lines)) {
    list.dataset.fitted = key;
    list.style.setProperty("--strip", `${LEAST_REM}rem`);
    for (const sheet of sheets) sheet.dataset.lines = LINES.find((lines) => fits(sheet, lines)) ?? "sum";
    if (sheets.some((sheet) => sheet.dataset.lines === "sum")) sheets.forEach((sheet) => (sheet.dataset.lines = "sum"));
    const spare = Math.min(...sheets.map(spareOf)) / rem;
    list.style.setProperty("--strip", `${Math.min(MOST_REM, LEAST_REM + Math.max(0, spare))}rem`);
  }
  const strips = [...list.querySelectorAll(".strip")].filter((strip) => strip.clientHeight > 0);
  const width = Math.min(...strips.map((strip) => strip.clientWidth));
  const height = strips[0]?.clientHeight ?? 0;
  const counted = sheets[0]?.dataset.lines === "sum" ? islands : islands.flatMap((island) => island.offers);
  return { width, height, rows: rowsFor(width, height, counted) };
}

function fits(sheet, lines) {
  sheet.dataset.lines = lines;
  return sheet.scrollHeight <= sheet.clientHeight;
}

/** Pixels that each offer of a sheet could be higher. */
function spareOf(sheet) {
  const offers = sheet.querySelector(".offers");
  const rows = [...offers.children].filter((row) => row.clientHeight > 0);
  const used = rows.reduce((sum, row) => sum + row.offsetHeight, 0);
  return (offers.clientHeight - used) / Math.max(1, rows.length);
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
