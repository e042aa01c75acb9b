// How many sheets hang side by side: the shapes worth trying, the best first.

const LEAST_REM = 11; // narrower, and words break
const SHAPE = 1.15; // a sheet is a little wider than high
const TRIED = 3;

/** At most TRIED numbers of columns for `count` sheets in a box of so many rem. */
export function columnsFor(count, { width, height }) {
  const all = Array.from({ length: count }, (_, place) => place + 1).filter((columns) => columns === 1 || width / columns >= LEAST_REM);
  const faultOf = (columns) => {
    const rows = Math.ceil(count / columns);
    const shape = width / columns / (height / rows);
    return Math.abs(Math.log(shape / SHAPE)) + (2.5 * (rows * columns - count)) / count; // and few empty places
  };
  return all.sort((one, other) => faultOf(one) - faultOf(other)).slice(0, TRIED);
}
