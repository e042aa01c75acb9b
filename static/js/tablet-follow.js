// The tablet follows the event as a phone does, but keeps nothing to be sent later: somebody else stands here then.
import { Connection } from "./connection.js";
import { setClock } from "./phone-clock.js";
import { isWriting, renew, tell } from "./renew.js";
import { reached } from "./sending.js";

const FACTS = ["phase", "paused", "revealed", "rehearsal"];
const shown = () => document.getElementById("bar").dataset;
let latest = null;
let isUnderway = false;

function news() {
  if (latest.phase === "closed") return "over";
  if (latest.paused) return "pause";
  return latest.phase === shown().phase ? "" : "moved";
}

async function follow() {
  if (isUnderway || Number(shown().locked)) return;
  if (isWriting()) tell(news());
  else if (FACTS.some((fact) => String(latest[fact]) !== shown()[fact]) || document.getElementById("news")) {
    isUnderway = true;
    await renew().catch(() => {}); // out of reach: the next heartbeat tries again
    isUnderway = false;
  }
}

function hear(message) {
  reached();
  if (message.clock) setClock(message.clock);
  if (!message.heartbeat && message.phase) {
    latest = message;
    document.documentElement.toggleAttribute("data-curtain", Boolean(message.curtain));
  }
  if (latest) follow();
}

new Connection({ socket: `${shown().home}/ws`, poll: `${shown().home}/live.json`, poll_ms: 10_000, receive: hear });
