// Sends what waits in the outbox, in order, one at a time and from one tab, until the server says yes or no.
import { alone } from "./alone.js";
import { PATIENCE_MS, entries, forget, giveUp, isCurrent, placeOf, waiting } from "./outbox.js";

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
const TOO_OLD_MS = 12 * 3_600_000; // the device's cookie is gone by then, and nobody could tell who it was
const region = document.getElementById("announcer");
const OBSTRUCTED_MS = 60_000;
const TAKEN = ["counted", "superseded", "received"];
const notBefore = new Map(); // lane → when the server wants to hear of it again
const obstructed = new Map(); // what something before the server refuses, a filter of the network → when it is tried again
let pause_ms = FIRST_PAUSE_MS;
let isUnderway = false;
let isNews = false; // something was decided
let timer = 0;

/** Texts are slower than dots, and wait for each other only. */
export const laneOf = (entry) => (["cards", "words"].includes(placeOf(entry)[1]) && "text" in entry.fields ? "texts" : "dots");

/** Does nothing when nothing waits; called whenever there is hope. */
export async function deliver() {
  if (isUnderway || waiting().length === 0) return schedule();
  isUnderway = true;
  isNews = false;
  try {
    await alone(sendAll);
  } finally {
    isUnderway = false;
    schedule();
    document.dispatchEvent(new Event("outbox:changed"));
    if (isNews) document.dispatchEvent(new Event("outbox:delivered"));
  }
}

function schedule() {
  clearTimeout(timer);
  const left = entries();
  if (left.length === 0) return;
  const free = left.map((entry) => Math.max(entry.until, notBefore.get(laneOf(entry)) ?? 0));
  const wait_ms = Math.max(Math.min(...free) - Date.now(), pause_ms);
  timer = setTimeout(deliver, wait_ms * (1 + Math.random() / 2)); // not a whole hall in step
}

async function sendAll(keepOn = () => {}) {
  for (const entry of waiting()) {
    const lane = laneOf(entry);
    if ((notBefore.get(lane) ?? 0) > Date.now()) continue;
    if (Date.now() - entry.at > TOO_OLD_MS) {
      giveUp(entry, region.dataset.old);
      continue;
    }
    if ((obstructed.get(nameOf(entry)) ?? 0) > Date.now()) continue;
    if (!isCurrent(entry)) continue; // newer, or taken back
    keepOn();
    let answer = await post(entry);
    if (answer?.status === 403) answer = await post(entry); // the refusal brought the cookie that was missing
    if (!answer || answer.isForeign) {
      if (answer) obstructed.set(nameOf(entry), Date.now() + OBSTRUCTED_MS); // the others need not wait for it
      pause_ms = Math.min(LONGEST_PAUSE_MS, pause_ms * 2);
      return;
    }
    pause_ms = FIRST_PAUSE_MS;
    if (answer.retry_s || answer.status >= 500) notBefore.set(lane, Date.now() + 1000 * (answer.retry_s || 5));
    else {
      if (answer.isTaken) forget(entry);
      else giveUp(entry, answer.reason);
      isNews = true;
    }
  }
}

const nameOf = ({ key, at }) => `${key} ${at}`;

/** Null when nobody answered, or somebody else than our server: the sign-in page of a guest network, say.
    `isForeign` when somebody else refused just this. */
async function post({ path, fields, epoch }) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      body: new URLSearchParams({ ...fields, epoch }),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
    const isRefused = answer.headers.get("Content-Type")?.startsWith("application/problem+json");
    if (!answer.ok && !isRefused) return answer.status < 500 && answer.status !== 429 ? { isForeign: true } : null;
    const told = await answer.json();
    const isGone = answer.status === 404 && path.endsWith("/withdrawal"); // it never arrived, and is not wanted any more
    if (answer.ok && !TAKEN.includes(told.status) && !told.support) return null;
    return { status: answer.status, isTaken: answer.ok || isGone, reason: told.title, retry_s: Number(answer.headers.get("Retry-After")) };
  } catch {
    return null;
  }
}

document.addEventListener("outbox:hope", deliver);
addEventListener("online", deliver);
addEventListener("pageshow", deliver);
document.addEventListener("visibilitychange", () => { if (!document.hidden) deliver(); });
