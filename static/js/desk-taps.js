// A tap never hits what has just moved under the finger: neither the second tap of a double tap the next
// card, nor a tap a card that another moderator's decision has moved up.

const JUST_NOW_MS = 400;
const FAR_PX = 8;
let swappedAt = -JUST_NOW_MS;
let before = null; // places by id
let still = new Set(); // who moves since then is scrolled, and by the person who taps

const places = () => new Map(
  [...document.querySelectorAll("#desk button[id]")].map((button) => [button.id, button.getBoundingClientRect().top]),
);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "desk" && detail.shouldSwap) before = places();
});

document.addEventListener("htmx:afterSwap", () => {
  if (before === null) return;
  const isStill = ([id, top]) => Math.abs(top - before.get(id)) <= FAR_PX;
  still = new Set([...places()].filter(isStill).map(([id]) => id));
  before = null;
  swappedAt = performance.now();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#desk button[id]");
  if (!button || event.detail === 0 || performance.now() - swappedAt > JUST_NOW_MS) return;
  if (!still.has(button.id)) event.preventDefault();
}, true);
