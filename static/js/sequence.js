// Numbers this device's taps, so that a late one can't undo a newer: rising, also across tabs and reloads.
const KEY = "sequence";
let last = 0;

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

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.path.endsWith("/dots")) event.detail.parameters.sequence = nextSequence();
});
