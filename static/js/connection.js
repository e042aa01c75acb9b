// One socket at a time, opened again after every loss and every sleep; polling while sockets are blocked.
import { Polling } from "./polling.js";

const SILENT_MS = 25_000; // a heartbeat comes every 15 s
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const FAILURES_BEFORE_POLLING = 2;
const ONLINE_MS = 700; // the hall's network is back for everybody at once
const WAKING_MS = 100; // who wakes says so in up to three ways

export class Connection {
  #socket = null;
  #failures = 0;
  #retry = 0;
  #silence = 0;

  /** `receive` gets every message; `opened` is called before the first one after a loss.
      A whole hall of phones comes back spread over `spread_ms`, 0 for the few walls. `lostAt` is when the connection was lost, null while there is one. */
  constructor({ socket, poll, poll_ms, receive, spread_ms = 0, opened = () => {} }) {
    this.address = socket;
    this.receive = receive;
    this.opened = opened;
    this.spread_ms = spread_ms;
    this.lostAt = Date.now();
    this.polling = new Polling({
      address: poll,
      pause_ms: poll_ms,
      receive,
      answered: () => { this.lostAt = null; },
      failed: () => { this.lostAt ??= Date.now(); },
    });
    addEventListener("online", () => this.#wake(Math.random() * ONLINE_MS));
    addEventListener("pageshow", (event) => event.persisted && this.#wake());
    addEventListener("pagehide", () => this.#drop());
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake());
    this.#open();
  }

  #wake(more_ms = 0) {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), WAKING_MS + more_ms);
  }

  /** Replaces whatever socket there is: it may be dead without having said so. */
  #open() {
    this.#drop();
    this.#socket = new WebSocket(new URL(this.address, location.href.replace(/^http/, "ws")));
    this.#listenForSilence();
    this.#socket.onmessage = ({ data }) => this.#fromSocket(data);
    this.#socket.onclose = () => this.#lose();
  }

  #fromSocket(data) {
    this.#listenForSilence();
    if (this.#failures !== 0 || this.lostAt !== null) this.opened();
    this.#failures = 0;
    this.lostAt = null;
    this.polling.stop();
    this.receive(JSON.parse(data));
  }

  #listenForSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose(), SILENT_MS);
  }

  #lose() {
    this.#drop();
    this.#failures += 1;
    if (!this.polling.isWorking) this.lostAt ??= Date.now();
    if (this.#failures >= FAILURES_BEFORE_POLLING) this.polling.start();
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1)) * (0.5 + Math.random());
    // whenever the server is back, each of the hall is somewhere in its own pause
    this.#retry = setTimeout(() => this.#open(), this.spread_ms ? FIRST_PAUSE_MS + Math.random() * this.spread_ms : pause);
  }

  #drop() {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    if (this.#socket === null) return;
    this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }
}
