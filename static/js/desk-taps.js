// A tap never hits what has just moved under the finger: neither the second tap of a double tap the next
// card, nor a tap a card that another moderator's decision has moved up.

const JUST_NOW_MS = 400;
const FAR_PX = 8;
let before = null; // places by id
let movedAt = new Map(); // id → when; who moves since then is scrolled, and by the person who taps

const places = () => new Map(
  [...document.querySelectorAll("#desk button[id]")].map((button) => [button.id, button.getBoundingClientRect().top]),
);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "desk" && detail.shouldSwap) before = places();
});

document.addEventListener("htmx:afterSwap", () => {
  if (before === null) return;
  const now = performance.now();
  const recent = [...movedAt].filter(([, at]) => now - at <= JUST_NOW_MS);
  const moved = [...places()].filter(([id, top]) => !(Math.abs(top - before.get(id)) <= FAR_PX));
  movedAt = new Map([...recent, ...moved.map(([id]) => [id, now])]);
  before = null;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#desk button[id]");
  if (!button || event.detail === 0) return;
  if (performance.now() - movedAt.get(button.id) <= JUST_NOW_MS) event.preventDefault();
}, true);
