// Which page of many hangs there: they come round, and where something is new is seen before the others.

const TURN_MS = 20_000;
const HELD_MS = 10_000; // so long every page is seen, however much comes in
const LONGEST_MS = 40_000; // so long one stays while more and more comes in on it

export class Pages {
  at = 0;
  count = 1;
  #next = 1; // in turn: none is passed over when new things keep calling others
  #news = -1;
  #openedAt = 0;
  #timer = 0;

  /** `turn(page)` is called when it is another page's turn; whoever shows it then calls `open(page)`. */
  constructor(turn) {
    this.turn = turn;
  }

  /** How many pages there are now, and on which one something is new, or -1. */
  are(count, newsAt) {
    const isNew = count > 1 && this.count === 1;
    this.count = count;
    if (count === 1 || this.at >= count || isNew) this.open(Math.max(0, newsAt));
    else if (newsAt >= 0) {
      const shown_ms = performance.now() - this.#openedAt;
      if (newsAt !== this.at) this.#news = newsAt;
      this.#turnIn(newsAt === this.at ? Math.min(TURN_MS, LONGEST_MS - shown_ms) : HELD_MS - shown_ms);
    }
  }

  open(page) {
    this.at = page < this.count ? page : 0;
    if (this.#next === this.at || this.#next >= this.count) this.#next = (this.at + 1) % this.count;
    this.#openedAt = performance.now();
    this.#news = -1;
    this.#turnIn(TURN_MS);
  }

  stop() {
    this.count = 1;
    this.#next = 1;
    this.open(0);
  }

  #turnIn(rest_ms) {
    clearTimeout(this.#timer);
    if (this.count > 1) this.#timer = setTimeout(() => this.turn(this.#news >= 0 ? this.#news : this.#next), Math.max(0, rest_ms));
  }
}
