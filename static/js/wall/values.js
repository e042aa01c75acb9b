// Writes a state into the elements that name a part of it: data-value="totals.yes", data-when="!revealed",
// data-count="devices" with data-one and data-many for what is counted.
// What lies within another data-item is that one's own.

export function fill(root, state) {
  const own = (selector) =>
    [...root.querySelectorAll(selector)].filter((element) => element.closest("[data-item]") === root.closest("[data-item]"));
  for (const element of own("[data-value]")) {
    const value = partOf(state, element.dataset.value);
    if (value !== undefined) write(element, inWords(value));
  }
  for (const element of own("[data-when]")) {
    const [, not, path] = element.dataset.when.match(/^(!?)(.*)$/);
    const value = partOf(state, path);
    if (value !== undefined) element.hidden = Boolean(value) === Boolean(not);
  }
  for (const element of own("[data-count]")) {
    const { count, one, many } = element.dataset;
    write(element, partOf(state, count) === 1 ? one : many);
  }
}

function partOf(state, path) {
  return path.split(".").reduce((part, name) => part?.[name], state);
}

/** A number that is not revealed yet is null. */
function inWords(value) {
  if (value === null) return "–";
  return typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value;
}

/** Writes a title, with places to break where it has brackets but no space. */
export function writeTitle(element, title) {
  const parts = title.split(/(?=\()|(?<=\))/);
  element.replaceChildren(...parts.flatMap((part, place) => (place ? [document.createElement("wbr"), part] : [part])));
}

/** Changes nothing that is right already: selections stay, nothing is laid out again. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Numbers into the element's data-text; hidden where there is nothing to tell: the first number is 0. */
export function tell(element, numbers) {
  if (!element) return;
  element.hidden = Object.values(numbers)[0] <= 0;
  write(element, Object.entries(numbers).reduce((text, [name, value]) => text.replace(`{${name}}`, value), element.dataset.text));
}
