// How many rows of dots a strip takes: as few dots as there are, as large they are.

const LEAST_PITCH_PX = 5; // of a dot

/** The room of one strip of dots in pixels and how many rows of dots it has: {width, height, rows}. */
export function roomFor(list, islands) {
  const sheets = [...list.children];
  const boxes = [...list.querySelectorAll(".strip")].map((strip) => strip.getBoundingClientRect()).filter((box) => box.height > 0);
  const width = Math.floor(Math.min(...boxes.map((box) => box.width)));
  const height = Math.floor(Math.min(...boxes.map((box) => box.height)));
  const named = islands.filter((_, place) => sheets[place].dataset.lines !== "sum").flatMap(({ offers }) => offers);
  const counted = named.length > 0 ? named : islands; // where a sum has too many dots for that, it is a bar
  return { width, height, rows: rowsFor(width, height, counted) };
}

/** The fewest rows with which the dots of every offer find room. */
function rowsFor(width, height, offers) {
  const columns = ({ yes, no }, rows) => Math.ceil(yes / rows) + Math.ceil(no / rows) + 1;
  const most = Math.max(1, Math.floor(height / LEAST_PITCH_PX));
  for (let rows = 1; rows < most; rows += 1) {
    if (offers.every((offer) => columns(offer, rows) * (height / rows) <= width)) return rows;
  }
  return most;
}
