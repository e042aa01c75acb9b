// Where the line is secure, the pages that were visited are kept for a reload without a connection, with all that
// they need; after the event nothing of it stays.
import { entries } from "./outbox.js";

const VERSION = import.meta.url.split("/")[4];
const NAME = `phone ${VERSION}`; // as in worker.js
const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};
const PAUSE_MS = 3_000; // after the last tap
const isOver = () => document.getElementById("bar").dataset.phase === "closed" && entries().length === 0;
let keeping = 0;

/** `page`: its HTML as it came, so that a first visit need not fetch it twice. */
export async function stay(page) {
  if (!globalThis.caches) return;
  try {
    if (isOver()) await leave();
    else await settle(page);
  } catch { /* a browser that forbids it reloads as browsers do */ }
}

async function settle(page) {
  shorten();
  await navigator.serviceWorker.register(`/worker.js?${VERSION}`, { scope: "/e/" });
  const cache = await caches.open(NAME);
  const assets = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes(`/static/${VERSION}/`));
  for (const asset of new Set(assets)) if (!(await cache.match(asset))) await cache.add(asset); // out of the browser's own cache
  if (!(await cache.match(location.pathname))) {
    if (page.includes("data-entry=")) await keep(); // with marks on it that will not stay
    else await cache.put(location.pathname, new Response(page, { headers: HEADERS }));
  }
  document.addEventListener("htmx:afterSettle", later);
  document.addEventListener("page:renewed", later);
  document.addEventListener("notes:changed", () => keepNotes().catch(() => {}));
  if (document.querySelector(".lists .notes:not([hidden])")) await keepNotes(); // noted meanwhile, or long ago
}

/** A poster's QR code is all upper-case, and the worker's scope is not. */
function shorten() {
  const { home, island } = document.getElementById("bar").dataset;
  if (!location.pathname.startsWith("/e/")) history.replaceState(history.state, "", home + (island && `/${island}`) + location.hash);
}

function later() {
  clearTimeout(keeping);
  keeping = setTimeout(() => (isOver() ? leave() : keep()).catch(() => {}), PAUSE_MS);
}

/** The page as the server would show it now: one that was left as it was would have lost its dots. */
async function keep() {
  const answer = await fetch(location.pathname);
  const copy = answer.clone();
  if (answer.ok && (await answer.text()).includes('id="bar"')) await (await caches.open(NAME)).put(location.pathname, copy);
}

/** The note list is there without a line, too, from the first note on. */
async function keepNotes() {
  const address = `${document.getElementById("bar").dataset.home}/notes`;
  const cache = await caches.open(NAME);
  if (await cache.match(address)) return;
  const answer = await fetch(address);
  const page = await answer.clone().text();
  if (!answer.ok || !page.includes('id="noted"')) return;
  const parts = [...page.matchAll(/="(\/static\/[^"#]+)/g)].map(([, part]) => part);
  for (const part of new Set(parts)) if (!(await cache.match(part))) await cache.add(part);
  await cache.put(address, answer);
}

async function leave() {
  const worker = await navigator.serviceWorker.getRegistration("/e/");
  await worker?.unregister();
  for (const name of await caches.keys()) if (name.startsWith("phone ")) await caches.delete(name);
}
