// A tap never hits what has just moved under the finger: neither the second tap of a double tap the next
// card, nor a tap a card that another moderator's decision has moved up.

const JUST_NOW_MS = 400;
let swappedAt = -JUST_NOW_MS;
let places = new Map();

const buttons = () => document.querySelectorAll("#desk .deciding button[id]");
const top = (button) => Math.round(button.getBoundingClientRect().top);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "desk" || !detail.shouldSwap) return;
  places = new Map([...buttons()].map((button) => [button.id, top(button)]));
  swappedAt = performance.now();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#desk .deciding button[id]");
  if (!button || event.detail === 0 || performance.now() - swappedAt > JUST_NOW_MS) return;
  if (Math.abs(top(button) - (places.get(button.id) ?? Infinity)) > 8) event.preventDefault();
}, true);
