// A request on its way is numbered and shown on its button; what came of it is said, and the focus stays.
const KEY = "sequence";
const message = () => document.getElementById("message");
const region = document.getElementById("announcer"); // stands empty in the page from the start
const { unreachable } = region.dataset;
let last = 0;
let hadFocus = false;

/** Says it to those who don't see it. */
export function announce(text) {
  region.textContent = "";
  // the same sentence twice is only news when the region was empty in between
  setTimeout(() => { region.textContent = text; }, 50);
}

/** Rises on this device, also across tabs and reloads: a late tap can't undo a newer one. */
export function nextSequence() {
  try {
    last = Math.max(last, Number(localStorage.getItem(KEY)) || 0);
  } catch { /* storage may be forbidden; then this page's own count has to do */ }
  last = Math.max(Date.now(), last + 1);
  try {
    localStorage.setItem(KEY, String(last));
  } catch { /* see above */ }
  return last;
}

function forgetThanks() {
  for (const thanks of document.querySelectorAll(".thanks")) thanks.remove();
}

/** The server was heard again. */
export function reached() {
  if (message().textContent === unreachable) message().replaceChildren();
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.path.endsWith("/dots")) event.detail.parameters.sequence = nextSequence();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.requestConfig.triggeringEvent?.submitter?.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", (event) => {
  for (const button of event.detail.requestConfig.elt.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  if (event.detail.successful) message().replaceChildren();
  else forgetThanks();
});

// a button that vanishes by its own action takes the focus with it: what came in its place gets it
document.addEventListener("htmx:beforeSwap", (event) => {
  hadFocus = event.detail.target.contains(document.activeElement);
});

document.addEventListener("htmx:load", (event) => {
  const part = event.detail.elt;
  if (part.dataset?.announce) announce(part.dataset.announce);
  if (!hadFocus || part === document.body || document.activeElement !== document.body) return;
  hadFocus = false;
  (part.querySelector("button.dot") ?? part).focus({ preventScroll: true });
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail }) => { if (!detail.requestConfig.entry) message().textContent = unreachable; }); // the rest is kept
}

document.addEventListener("input", forgetThanks);
addEventListener("online", reached);
