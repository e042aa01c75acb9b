// Keeps the desk current: the wall's socket says that something changed, a plain GET brings it.

const QUIET_MS = 1000; // at most one reading a second
const RETRY_MS = 2000;
const MOVING = /data-version="\d+"|data-remaining="\d+"|<b data-time>[\d:]+<\/b>|name="remaining_s" value="\d+"/g;

const desk = () => document.getElementById("desk");
const code = desk().dataset.code;
const offline = document.getElementById("offline");

let newest = 0; // the version the socket told of
let shown = ""; // what the server last sent, without what moves all the time
let last = -QUIET_MS;
let timer = null;
let isHeld = false; // a finger is on a button: it must not be exchanged under it
let socket = null;
let isBlind = false; // without a socket the desk is read anyway, now and then

function isBusy() {
  return isHeld || document.hidden || desk().contains(document.activeElement?.closest("textarea, select, input"));
}

function plan() {
  if (timer !== null || isBusy() || (!isBlind && newest <= Number(desk().dataset.version))) return;
  timer = setTimeout(refresh, Math.max(0, last + QUIET_MS - performance.now()));
}

async function refresh() {
  timer = null;
  if (isBusy()) return;
  last = performance.now();
  isBlind = false;
  await htmx.ajax("GET", `/moderate/${code}/queue`, { target: "#desk", swap: "outerHTML" }).catch(() => {});
  plan();
}

// An older answer never replaces a newer one, and an equal one replaces nothing.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { serverResponse: html, requestConfig, xhr } = event.detail;
  const version = Number(/data-version="(\d+)"/.exec(html)?.[1] ?? 0);
  if (event.detail.target !== desk() || !version) return;
  const isReading = requestConfig.verb === "get";
  const stripped = html.replace(MOVING, "");
  if (isReading && (isBusy() || version < Number(desk().dataset.version))) {
    event.detail.shouldSwap = false;
  } else if (isReading && stripped === shown) {
    event.detail.shouldSwap = false;
    desk().dataset.version = version;
  } else if (xhr.status < 400) {
    shown = stripped;
  }
});

function connect() {
  if (socket && socket.readyState <= WebSocket.OPEN) return;
  const address = new URL(`/e/${code}/live/ws`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  socket = new WebSocket(address);
  socket.addEventListener("message", ({ data }) => {
    const state = JSON.parse(data);
    newest = Math.max(newest, state.version);
    document.dispatchEvent(new CustomEvent("clock", { detail: state.clock }));
    plan();
  });
  socket.addEventListener("close", () => {
    isBlind = true;
    plan();
    setTimeout(connect, RETRY_MS);
  });
}

document.addEventListener("htmx:afterRequest", ({ detail }) => { offline.hidden = Boolean(detail.xhr.status); });
document.addEventListener("pointerdown", () => { isHeld = true; }, true);
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => { isHeld = false; setTimeout(plan, 50); }, true);
}
document.addEventListener("focusout", () => setTimeout(plan));
for (const name of ["visibilitychange", "pageshow", "online"]) {
  (name === "visibilitychange" ? document : window).addEventListener(name, () => { connect(); plan(); });
}
connect();
