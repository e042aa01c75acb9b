// The most frequent words as a list beside the cloud: what is too small in the picture can be read here.
import { inkOf } from "./ink.js";

const MOST = 30;

export class Ranking {
  #drawn = "";

  constructor(list) {
    this.list = list;
  }

  show({ cloud }) {
    const words = cloud.toSorted((one, other) => other.count - one.count).slice(0, MOST);
    const { clientWidth, clientHeight } = this.list;
    const key = JSON.stringify([clientWidth, clientHeight, document.fonts.status, words.map(({ id, word, count }) => [id, word, count])]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.list.replaceChildren(...words.map(itemOf));
    const box = this.list.getBoundingClientRect();
    for (const item of [...this.list.children].reverse()) if (!isWithin(item.getBoundingClientRect(), box)) item.remove();
  }
}

function itemOf({ id, word, count }) {
  const [item, number, text] = ["li", "b", "span"].map((name) => document.createElement(name));
  item.className = `ink-${inkOf(id)}`;
  number.textContent = count?.toLocaleString(document.documentElement.lang) ?? ""; // none while covered
  text.textContent = word;
  text.dir = "auto";
  item.append(number, " ", text);
  return item;
}

const isWithin = (inner, outer) => inner.bottom <= outer.bottom + 1 && inner.right <= outer.right + 1;
