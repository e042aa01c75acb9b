// Keeps a desk current, the moderator's or an island's: a socket says that there is news, a plain GET brings it.
import { Connection } from "./connection.js";
import { acts, whenAnswered } from "./desk-acts.js";
import { setClock } from "./desk-clock.js";
import { show, whenLost } from "./desk-light.js";
import { watch } from "./desk-notices.js";
import { answering, owes } from "./desk-patch.js";

const QUIET_MS = 1000; // at most one reading a second

const desk = () => document.getElementById("desk");
const { queue, news: poll, socket } = desk().dataset;

let newest = 0; // the version the socket told of
let last = -QUIET_MS;
let timer = null;
let isHeld = false; // a finger is on a button: nothing must change under it
let isWanted = false; // another part of the queue is to be shown

// What acts answer comes before anything that is only read.
const isBusy = () => isHeld || acts > 0 || document.hidden || desk().matches("[data-still]:has(:is(textarea, input, select):focus)");
const isBehind = () => isWanted || newest > Number(desk().dataset.version);

function plan() {
  if (timer !== null || isBusy() || !isBehind()) return;
  timer = setTimeout(refresh, isWanted ? 0 : Math.max(0, last + QUIET_MS - performance.now()));
}

async function refresh() {
  timer = null;
  if (isBusy()) return;
  last = performance.now();
  await htmx.ajax("GET", queue + location.search, { target: "#desk", swap: "outerHTML settle:0ms" }).catch(() => {});
  plan();
}

/** Reads the desk again, as the page's address now says. */
export function look() {
  isWanted = true;
  plan();
}

// An older answer never replaces a newer one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { serverResponse: html, requestConfig, xhr, target } = event.detail;
  const version = Number(/data-version="(\d+)"/.exec(html)?.[1] ?? 0);
  if (target.id !== "desk" || !version) return;
  const isReading = requestConfig.verb === "get";
  const isOlder = version < Number(desk().dataset.version);
  if (isReading ? isBusy() || isOlder : isOlder && xhr.status < 400) {
    event.detail.shouldSwap = false;
    return;
  }
  if (isReading) isWanted = false;
  answering(event.detail);
  event.detail.swapOverride = "patch settle:0ms";
});

whenAnswered(() => setTimeout(plan));
document.addEventListener("pointerdown", () => { isHeld = true; }, true);
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => { isHeld = false; setTimeout(plan, 50); }, true);
}
document.addEventListener("focusout", () => setTimeout(() => (owes() ? look() : plan())));
document.addEventListener("visibilitychange", plan);

const connection = new Connection({
  socket,
  poll,
  poll_ms: 3_000,
  receive(news) {
    newest = Math.max(newest, news.version ?? 0);
    if (news.light) show(news.light);
    if (news.clock && news.version >= Number(desk().dataset.version)) setClock(news.clock);
    plan();
  },
});
watch(connection);
whenLost(connection);
