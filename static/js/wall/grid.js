// How many cards hang side by side: as large as they can be, and as few on a page as the longest text needs.

const SHAPE = 1.5; // a card is so much wider than high
const FEWER = [12, 9, 6, 4, 3, 2, 1];

/** Columns of a grid for `count` cards: those with the largest cards. */
function columnsOf(count, { clientWidth, clientHeight }) {
  const size = (columns) => Math.min(clientWidth / columns, (SHAPE * clientHeight) / Math.ceil(count / columns));
  const all = Array.from({ length: count }, (_, place) => place + 1);
  return all.reduce((best, columns) => (size(columns) > size(best) + 1 ? columns : best), 1);
}

export function setGrid(list, count) {
  const columns = columnsOf(Math.max(1, count), list);
  list.style.setProperty("--columns", columns);
  list.style.setProperty("--rows", Math.max(1, Math.ceil(count / columns)));
}

/** How many of `count` cards, at most `most`, can hang on one page so that `isReadable()`. */
export function mostOnPage(list, count, most, isReadable) {
  const choices = FEWER.filter((choice) => choice <= most);
  const enough = choices.find((choice) => {
    setGrid(list, Math.min(choice, count));
    return isReadable();
  });
  return enough ?? choices.at(-1);
}
