// Where each card hangs: a newcomer on the first page, in a free place or that of the one that hangs there longest.

export class Places {
  ids = [];
  #hungAt = new Map(); // id → its number in the order of hanging

  /** `ids` from now on, the newest first, so many on a page; returns whether one has joined those that hung already. */
  take(ids, perPage, isRanked) {
    const before = new Set(this.ids);
    const isFresh = !ids.some((id) => before.has(id));
    const newcomers = ids.filter((id) => !before.has(id)).reverse();
    for (const id of before) if (!ids.includes(id)) this.#hungAt.delete(id);
    let number = Math.max(0, ...this.#hungAt.values());
    for (const id of newcomers) this.#hungAt.set(id, (number += 1));
    if (isFresh || isRanked) this.ids = [...ids];
    else {
      this.ids = this.ids.filter((id) => this.#hungAt.has(id));
      for (const id of newcomers) this.#hang(id, perPage);
    }
    return newcomers.length > 0 && !isFresh;
  }

  #hang(id, perPage) {
    const first = this.ids.slice(0, perPage);
    const place = first.length < perPage ? first.length : first.reduce((oldest, other, at) =>
      (this.#hungAt.get(other) < this.#hungAt.get(first[oldest]) ? at : oldest), 0);
    if (place < first.length) this.ids.push(this.ids[place]);
    this.ids[place] = id;
  }
}
