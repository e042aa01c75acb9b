// The phone follows the event: another phase, a pause, results revealed. Never while somebody writes.
import { announce } from "./announce.js";
import { setClock } from "./clock.js";
import { Connection } from "./connection.js";
import { isWriting, renew, whenFresh } from "./renew.js";

const SPREAD_MS = 600; // a whole hall asks for its next page: not all in one moment
const shown = () => document.getElementById("bar").dataset;
let latest = null;
let isUnderway = false;

function hear(message) {
  if (message.clock) setClock(message.clock); // a 304 says nothing but that all is as it was
  if (!message.heartbeat) latest = message;
  follow();
}

async function follow() {
  if (!latest || isUnderway) return;
  const isNewPhase = latest.phase !== shown().phase;
  const isOther = ["paused", "revealed"].some((fact) => String(latest[fact]) !== shown()[fact]);
  if (!isNewPhase && !isOther) return;
  const leaves = isNewPhase && shown().island && ["cloud", "closed"].includes(latest.phase);
  if (isWriting()) {
    if (isNewPhase) offerTheWay();
    return;
  }
  isUnderway = true;
  try {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD_MS));
    if (isWriting()) return;
    if (leaves) {
      location.assign(shown().home);
      return;
    }
    await renew();
    if (isNewPhase) {
      scrollTo(0, 0);
      announce(document.querySelector("h1").textContent);
    }
  } catch { /* out of reach; the next heartbeat tries again */
  } finally {
    isUnderway = false;
  }
}

function offerTheWay() {
  if (document.getElementById("moved")) return;
  const banner = document.getElementById("moved-on").content.cloneNode(true);
  document.querySelector("main").before(banner);
  announce(document.getElementById("moved").textContent);
}

new Connection({ socket: `${shown().home}/ws`, poll: `${shown().home}/live.json`, poll_ms: 10_000, receive: hear });
let waking = 0;

function wake() {
  clearTimeout(waking);
  waking = setTimeout(() => { if (!isWriting()) renew().catch(() => {}); }, 100);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
addEventListener("online", wake);
whenFresh(follow);
