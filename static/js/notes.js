// What somebody wants to look up at home: kept on this phone alone, and nothing of it is ever sent. A "no" puts
// its offer on the list by itself, and another answer takes that off again.
import { whenFresh } from "./renew.js";

const key = `notes ${document.getElementById("bar").dataset.home}`;
const isPossible = mayKeep();

function mayKeep() {
  try {
    localStorage.setItem("notes", ""); // where writing is forbidden, reading alone may be allowed
    localStorage.removeItem("notes");
    return true;
  } catch {
    return false;
  }
}

/** {offer: "no" | "own"}, by whom it came there; null where the browser forbids to keep anything. */
export function notes() {
  if (!isPossible) return null;
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

/** `by` is null for taking it off the list. */
export function note(offer, by) {
  const list = notes();
  if (!list) return;
  if (by) list[offer] = by;
  else delete list[offer];
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch { /* it is full; then nothing more is noted */ }
  show();
  document.dispatchEvent(new Event("notes:changed"));
}

const offerOf = (element) => element.closest(".offer").id.slice("offer-".length);

function show() {
  const list = notes();
  for (const button of document.querySelectorAll(".offer .note")) {
    button.hidden = list === null;
    button.setAttribute("aria-pressed", String(offerOf(button) in (list ?? {})));
  }
  const count = Object.keys(list ?? {}).length;
  for (const link of document.querySelectorAll(".notes")) {
    link.hidden = count === 0;
    link.querySelector("span").textContent = ` (${count})`;
  }
}

document.addEventListener("htmx:configRequest", ({ detail: { path, parameters } }) => {
  if (!path.endsWith("/dots")) return;
  const { offer, knows } = parameters;
  const by = notes()?.[offer];
  if (knows === "no" ? !by : by === "no") note(offer, knows === "no" ? "no" : null);
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.(".offer .note");
  if (button) note(offerOf(button), button.getAttribute("aria-pressed") === "true" ? null : "own");
});

addEventListener("storage", (event) => { if (event.key === key) show(); });
document.addEventListener("page:patched", show);
whenFresh(show);
