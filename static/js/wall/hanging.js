// Where the cards of all islands hang: every island in columns of its own, highlighted cards on top and twice as high.
import { Places } from "./places.js";

export const LARGE = 2; // slots of a highlighted card

export class Hanging {
  #places = new Map(); // island → Places

  /** `cards` from now on, the newest first. Returns the ids of those that joined others. */
  take(cards, perPage) {
    const islands = new Map();
    for (const card of cards) islands.set(card.island, [...(islands.get(card.island) ?? []), card]);
    for (const number of this.#places.keys()) if (!islands.has(number)) this.#places.delete(number);
    const isFirst = this.#places.size === 0;
    const before = new Set([...this.#places.values()].flatMap(({ ids }) => ids));
    for (const [number, own] of islands) {
      if (!this.#places.has(number)) this.#places.set(number, new Places());
      this.#places.get(number).take(own.map(({ id }) => id), perPage, false);
    }
    return isFirst ? [] : cards.filter(({ id }) => !before.has(id)).map(({ id }) => id);
  }

  /** Columns of `rows` slots: [{island, cards: [{card, slots}]}], island by island in the order of `islands`. */
  columns(cards, islands, rows) {
    return islands.filter((number) => this.#places.has(number)).flatMap((island) => {
      const own = this.#places.get(island).ids.map((id) => cards.get(id)).filter(Boolean);
      const columns = [];
      const waiting = [...own.filter((one) => one.highlighted), ...own.filter((one) => !one.highlighted)]
        .map((card) => ({ card, slots: Math.min(rows, card.highlighted ? LARGE : 1) }));
      let free = 0;
      while (waiting.length > 0) {
        const next = waiting.findIndex(({ slots }) => slots <= free);
        if (next < 0) columns.push({ island, cards: [] }), (free = rows);
        const [one] = waiting.splice(Math.max(0, next), 1); // below a large card the next small one
        columns.at(-1).cards.push(one);
        free -= one.slots;
      }
      return columns;
    });
  }
}
