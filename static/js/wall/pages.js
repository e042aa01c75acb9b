// Which page of many hangs there: they come round, and what is new is seen first.

const TURN_MS = 20_000;
const HELD_MS = 10_000; // so long every page is seen, however much comes in
const LONGEST_MS = 40_000; // so long the first one stays while more and more comes in

export class Pages {
  at = 0;
  count = 1;
  #next = 1; // after the first page: none is passed over when new things keep calling that back
  #openedAt = 0;
  #hasNews = false;
  #timer = 0;

  /** `turn(page)` is called when it is another page's turn; whoever shows it then calls `open(page)`. */
  constructor(turn) {
    this.turn = turn;
  }

  /** How many pages there are now, and whether something on the first one is new. */
  are(count, hasNews) {
    const isNew = count > 1 && this.count === 1;
    this.count = count;
    if (count === 1 || this.at >= count || isNew) this.open(0);
    else if (hasNews) {
      const shown_ms = performance.now() - this.#openedAt;
      this.#hasNews = this.at > 0;
      this.#turnIn(this.at > 0 ? HELD_MS - shown_ms : Math.min(TURN_MS, LONGEST_MS - shown_ms));
    }
  }

  open(page) {
    this.at = page < this.count ? page : 0;
    this.#openedAt = performance.now();
    this.#hasNews = false;
    this.#turnIn(TURN_MS);
  }

  stop() {
    this.count = 1;
    this.open(0);
  }

  #turnIn(rest_ms) {
    clearTimeout(this.#timer);
    if (this.count > 1) this.#timer = setTimeout(() => this.#turn(), Math.max(0, rest_ms));
  }

  #turn() {
    const after = this.at === 0 ? Math.min(this.#next, this.count - 1) : (this.at + 1) % this.count;
    this.#next = this.at > 0 && this.#hasNews ? Math.max(1, after) : 1;
    this.turn(this.at > 0 && this.#hasNews ? 0 : after);
  }
}
