// How many cards hang side by side: as large as they can be, and as few on a page as the longest text needs.

const FEWER = [12, 9, 6, 4, 3, 2, 1];

/** Columns of a grid for `count` cards: those with the largest cards, `shape` times as wide as high. */
function columnsOf(count, { clientWidth, clientHeight }, shape) {
  const size = (columns) => Math.min(clientWidth / columns, (shape * clientHeight) / Math.ceil(count / columns));
  const all = Array.from({ length: count }, (_, place) => place + 1);
  return all.reduce((best, columns) => (size(columns) > size(best) + 1 ? columns : best), 1);
}

export function setGrid(list, count, shape = 1.5) {
  const columns = columnsOf(Math.max(1, count), list, shape);
  list.style.setProperty("--columns", columns);
  list.style.setProperty("--rows", Math.max(1, Math.ceil(count / columns)));
}

/** How many of `count` cards, at most `most`, can hang on one page so that `isReadable(so many)`. */
export function mostOnPage(list, count, most, isReadable, shape) {
  const choices = FEWER.filter((choice) => choice <= most);
  const enough = choices.find((choice) => {
    setGrid(list, Math.min(choice, count), shape);
    return isReadable(Math.min(choice, count));
  });
  return enough ?? choices.at(-1);
}
