// Asks for the state every few seconds, for networks that let no socket through.

const PATIENCE_MS = 15_000; // for one answer

export class Polling {
  #timer = 0;
  #etag = null;
  #isOn = false;
  isWorking = false;

  /** `receive` gets each new state; `answered` is called after every answer, new or not, `failed` when there was none. */
  constructor({ address, pause_ms, receive, answered, failed }) {
    this.address = address;
    this.pause_ms = pause_ms;
    this.receive = receive;
    this.answered = answered;
    this.failed = failed;
  }

  start() {
    if (this.#isOn) return;
    this.#isOn = true;
    this.#ask();
  }

  stop() {
    this.#isOn = this.isWorking = false;
    clearTimeout(this.#timer);
  }

  #note(isWorking) {
    this.isWorking = isWorking;
    if (isWorking) this.answered();
    else this.failed();
  }

  async #ask() {
    try {
      const headers = this.#etag ? { "If-None-Match": this.#etag } : {};
      const answer = await fetch(this.address, { headers, cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE_MS) });
      if (!this.#isOn) return;
      if (answer.status === 200) {
        this.receive(await answer.json()); // throws where a guest network answers with a page
        this.#etag = answer.headers.get("ETag");
      } else if (answer.status === 304) this.receive({ heartbeat: true });
      this.#note(answer.status === 200 || answer.status === 304);
    } catch {
      this.#note(false);
    }
    clearTimeout(this.#timer);
    if (this.#isOn) this.#timer = setTimeout(() => this.#ask(), this.pause_ms);
  }
}
