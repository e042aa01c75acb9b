// Where a key leads: a moderator's keys steer all walls, everybody else's this one, until the next phase.

const OUT_OF_DATE_MS = 1_500;

export class Steering {
  #own = null; // the scene of this wall alone
  #phase = "";
  #sending = Promise.resolve();
  #wanted = null; // sent, and not yet come back as everybody's scene

  /** `address` of the desk's scene form where a moderator is signed in; `changed()` after a change here. */
  constructor({ address, changed }) {
    Object.assign(this, { address, changed });
  }

  get isForAll() {
    return Boolean(this.address);
  }

  get isOwn() {
    return this.#own !== null;
  }

  /** The state as this wall shows it. */
  over(state) {
    if (state.phase !== this.#phase || (this.#own && !isThere(this.#own, state))) this.#own = null;
    this.#phase = state.phase;
    return this.#own ? { ...state, scene: this.#own } : state;
  }

  /** Where the next key starts from: several may come before the first one is answered. */
  from(scene) {
    return this.#wanted && performance.now() - this.#wanted.at < OUT_OF_DATE_MS ? this.#wanted.scene : scene;
  }

  show(scene) {
    if (!this.isForAll) return this.#choose(scene);
    this.#wanted = { scene, at: performance.now() };
    this.#sending = this.#sending.then(() => this.#send(scene));
    return undefined;
  }

  follow() {
    this.#choose(null);
  }

  async #send({ name, island }) {
    const fields = new URLSearchParams({ scene: name, ...(island === null ? {} : { island }) });
    try {
      const answer = await fetch(this.address, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      if (answer.status !== 403) return;
      this.address = ""; // signed out, or not invited any more
      this.#choose({ name, island });
    } catch {
      this.#wanted = null; // no connection: the wall says so by itself
    }
  }

  #choose(scene) {
    this.#own = scene;
    this.#wanted = null;
    this.changed();
  }
}

const isThere = (scene, { islands }) => scene.island === null || islands.some(({ number }) => number === scene.island);
