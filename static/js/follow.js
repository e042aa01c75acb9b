// The phone follows the event: its clock, another phase, a pause, results revealed. Never while somebody writes.
import { Connection } from "./connection.js";
import { deliver } from "./delivery.js";
import { setClock } from "./phone-clock.js";
import { drawCurtain, isBehind, isOther, newsOf, shown } from "./news.js";
import { banner, isWriting, renew, tell, whenFresh } from "./renew.js";
import { announce, reached } from "./sending.js";

const SPREAD_MS = 600; // a whole hall asks for its next page: not all in one moment
let latest = null;
let isUnderway = false;

function hear(message) {
  reached();
  deliver();
  if (message.clock) setClock(message.clock); // a 304 says nothing but that all is as it was
  if (!message.heartbeat) {
    latest = message;
    drawCurtain(latest);
  }
  follow();
}

/** While somebody writes, only the rehearsal's banner is fetched; all else waits, and is told. */
function isOld() {
  return isWriting() ? latest.rehearsal !== (banner(document) !== null) : isBehind(latest);
}

async function follow() {
  if (!latest || isUnderway) return;
  if (isWriting()) tell(newsOf(latest));
  if (!isOld()) return;
  isUnderway = true;
  const followed = latest;
  try {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD_MS));
    const isNewPhase = isOther(latest, "phase");
    if (!isWriting() && isNewPhase && shown().island && ["cloud", "closed"].includes(latest.phase)) {
      location.assign(shown().home);
    } else if (await renew() && isNewPhase) {
      scrollTo(0, 0);
      announce(document.querySelector("h1").textContent);
    }
  } catch { /* out of reach; the next heartbeat tries again */
  } finally {
    isUnderway = false;
    if (latest !== followed) follow();
  }
}

new Connection({ socket: `${shown().home}/ws`, poll: `${shown().home}/live.json`, poll_ms: 10_000, spread_ms: 8_000, receive: hear });
let waking = 0;

function wake() {
  clearTimeout(waking);
  waking = setTimeout(() => { if (!isWriting()) renew().catch(() => {}); }, 100);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
addEventListener("online", wake);
whenFresh(follow);
