// Says how old the picture is as soon as it may be: nobody should take old numbers for current ones.
import { write } from "./values.js";

const SILENT_MS = 25_000;
const LOST_MS = 2_000;
const MINUTES_FROM_S = 120;

export class Age {
  #heardAt = Date.now(); // the steady clock may stand still while the computer sleeps

  constructor(badge) {
    this.badge = badge;
  }

  heard() {
    this.#heardAt = Date.now();
    this.#show();
  }

  /** `connection.lostAt` is when it was lost, null while there is one. */
  watch(connection) {
    this.connection = connection;
    setInterval(() => this.#show(), 500);
  }

  #show() {
    const now = Date.now();
    const age_ms = now - this.#heardAt;
    const lostAt = this.connection?.lostAt ?? null;
    const isStale = age_ms >= SILENT_MS || (lostAt !== null && now - lostAt > LOST_MS);
    this.badge.hidden = !isStale;
    if (!isStale) return;
    const age_s = Math.round(age_ms / 1000);
    const { seconds, minutes } = this.badge.dataset;
    const inMinutes = age_s >= MINUTES_FROM_S;
    write(this.badge, (inMinutes ? minutes : seconds).replace("{n}", inMinutes ? Math.floor(age_s / 60) : age_s));
  }
}
