// While a card is being written, cards that say the same already are offered to be supported with one tap.
// Loaded with the first letter. What is being written, the caret and the focus are never touched.
import { announce } from "./sending.js";

const PAUSE_MS = 400; // the fingers rest
const JUST_NOW_MS = 500;
let timer = 0;
let turn = 0;
let changedAt = -JUST_NOW_MS;

/** To be called with every letter that is written into `field`. */
export function look(field) {
  clearTimeout(timer);
  timer = setTimeout(() => ask(field), PAUSE_MS);
}

async function ask(field) {
  const mine = ++turn;
  try {
    const answer = await fetch(field.dataset.ask, { method: "POST", body: new URLSearchParams({ text: field.value }) });
    const html = answer.ok ? (await answer.text()).trim() : "";
    if (mine === turn && field.isConnected) offer(document.getElementById(field.dataset.similar), html);
  } catch { /* out of reach: the card can be written all the same */ }
}

function offer(place, html) {
  if (place.offered === html || (!html && !place.offered)) return;
  place.offered = html;
  place.innerHTML = html;
  changedAt = performance.now();
  const told = place.firstElementChild?.dataset.told;
  if (told && told !== place.told) announce(told);
  place.told = told;
}

// A tap meant for the button that was here a moment ago supports nothing.
document.addEventListener("click", (event) => {
  if (!event.target.closest("#similar") || event.detail === 0 || performance.now() - changedAt > JUST_NOW_MS) return;
  event.preventDefault();
  event.stopPropagation();
}, true);

// The same card may stand below, too.
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  const act = elt.matches(".support") && elt.querySelector("button")?.getAttribute("hx-post");
  if (!act) return;
  for (const button of document.querySelectorAll(`.support [hx-post="${act}"]`)) {
    const other = button.closest(".support");
    if (other === elt) continue;
    const same = elt.cloneNode(true);
    other.replaceWith(same);
  }
});
