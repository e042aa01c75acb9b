// Keeps an island's desk current: the wall's socket says that something changed, a plain GET brings it.
import { Connection } from "./connection.js";
import { acts, whenAnswered } from "./desk-acts.js";
import { setClock } from "./host-clock.js";
import { watch } from "./host-notices.js";

const QUIET_MS = 1000; // at most one reading a second
const MOVING = /data-version="\d+"|data-remaining="\d+"|<b data-time>[\d:]+<\/b>/g;

const desk = () => document.getElementById("desk");
const { code, queue } = desk().dataset;

let newest = 0; // the version the socket told of
let shown = ""; // what the server last sent, without what moves all the time
let last = -QUIET_MS;
let timer = null;
let isHeld = false; // a finger is on a button: it must not be exchanged under it

// What acts answer comes before anything that is only read.
function isBusy() {
  return isHeld || acts > 0 || document.hidden || desk().contains(document.activeElement?.closest("textarea"));
}

function plan() {
  if (timer !== null || isBusy() || newest <= Number(desk().dataset.version)) return;
  timer = setTimeout(refresh, Math.max(0, last + QUIET_MS - performance.now()));
}

async function refresh() {
  timer = null;
  if (isBusy()) return;
  last = performance.now();
  await htmx.ajax("GET", queue, { target: "#desk", swap: "outerHTML settle:0ms" }).catch(() => {});
  plan();
}

// An older answer never replaces a newer one, and an equal one replaces nothing.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const version = Number(/data-version="(\d+)"/.exec(detail.serverResponse)?.[1] ?? 0);
  if (detail.target.id !== "desk" || !version) return;
  const isReading = detail.requestConfig.verb === "get";
  const isOlder = version < Number(desk().dataset.version);
  const stripped = detail.serverResponse.replace(MOVING, "");
  if (isReading ? isBusy() || isOlder : isOlder && detail.xhr.status < 400) {
    detail.shouldSwap = false;
  } else if (isReading && stripped === shown) {
    detail.shouldSwap = false;
    desk().dataset.version = version;
  } else if (detail.xhr.status < 400) {
    shown = stripped;
  }
});

whenAnswered(() => setTimeout(plan));
document.addEventListener("pointerdown", () => { isHeld = true; }, true);
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => { isHeld = false; setTimeout(plan, 50); }, true);
}
document.addEventListener("focusout", () => setTimeout(plan));
document.addEventListener("visibilitychange", plan);

watch(new Connection({
  socket: `/e/${code}/live/ws`,
  poll: `/e/${code}/live.json`,
  poll_ms: 3_000,
  receive(state) {
    newest = Math.max(newest, state.version ?? 0);
    if (state.clock) setClock(state.clock);
    plan();
  },
}));
