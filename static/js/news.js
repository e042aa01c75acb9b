// What the newest message of the event says that the page, of phone or tablet, doesn't show yet.
const FACTS = ["phase", "paused", "revealed", "rehearsal"];

/** What the page was made for: the data of its bar. */
export const shown = () => document.getElementById("bar").dataset;

export const isOther = (latest, fact) => String(latest[fact]) !== shown()[fact];

/** Whether the page has to be renewed, be it only to take back what somebody was told while writing. */
export const isBehind = (latest) => FACTS.some((fact) => isOther(latest, fact)) || document.getElementById("news") !== null;

/** For who is writing, as `tell` (renew.js) takes it. */
export function newsOf(latest) {
  if (latest.phase === "closed") return "over";
  if (latest.paused) return "pause";
  return isOther(latest, "phase") ? "moved" : "";
}

/** No text of anybody, at once. */
export function drawCurtain({ curtain }) {
  document.documentElement.toggleAttribute("data-curtain", Boolean(curtain));
}
