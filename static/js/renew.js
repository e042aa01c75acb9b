// Puts the newest page in place of the old. Around a text that is being written only what can't wait
// changes: the rehearsal's banner, and whether anything can be sent.
import { announce } from "./sending.js";

const PATIENCE_MS = 15_000;
let taps = 0;
document.addEventListener("htmx:beforeRequest", () => { taps += 1; });

export function isWriting() {
  return [...document.querySelectorAll("[data-most]")].some((field) => field.value.trim() !== "");
}

/** The rehearsal's; null when this is none. */
export const banner = (page) => page.querySelector("body > .rehearsal");

/** True when the page was replaced. */
export async function renew() {
  if (document.querySelector(".htmx-request")) return false;
  const before = taps;
  const answer = await fetch(location.pathname, { signal: AbortSignal.timeout?.(PATIENCE_MS) });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("bar")) return false; // a guest network's sign-in page, say
  if (!banner(document) !== !banner(page)) {
    banner(document)?.remove();
    document.querySelector("header").before(...page.querySelectorAll(".rehearsal"));
    document.querySelector("header").dataset.rehearsal = "old"; // as what stands below it still is
  }
  if (taps !== before) return false; // somebody was faster, and this page is older than that
  if (isWriting()) return renewAround(page);
  document.getElementById("news")?.remove();
  const focused = document.activeElement?.id;
  for (const part of ["header", "main"]) {
    document.querySelector(part).replaceWith(page.querySelector(part));
  }
  document.title = page.title;
  document.dispatchEvent(new Event("page:renewed"));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  return true;
}

/** Everything but the form that somebody is writing in. False: it is not the whole page. */
function renewAround(page) {
  document.getElementById("bar").dataset.epoch = page.getElementById("bar").dataset.epoch;
  const focused = document.activeElement;
  for (const part of document.querySelectorAll(".offer, .own")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || part.outerHTML === fresh.outerHTML) continue;
    const hadFocus = part.contains(focused) && focused.id;
    part.replaceWith(fresh);
    if (hadFocus) document.getElementById(hadFocus)?.focus({ preventScroll: true });
  }
  for (const list of document.querySelectorAll(".waiting")) list.replaceChildren();
  document.dispatchEvent(new Event("page:patched"));
  return false;
}

/** Tells who is writing that the event moved on, paused or is over; "" when it is as it was. */
export function tell(news) {
  for (const button of document.querySelectorAll("main form button")) button.disabled = ["pause", "over"].includes(news);
  const told = document.getElementById("news");
  if ((told?.dataset.news ?? "") === news) return;
  told?.remove();
  if (news) document.querySelector("main").before(document.getElementById(`news-${news}`).content.cloneNode(true));
  announce(document.getElementById("news")?.textContent ?? document.getElementById("announcer").dataset.resumed);
}

// Runs `show` now and whenever a part of the page was replaced.
export function whenFresh(show) {
  show();
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("page:renewed", show);
}
