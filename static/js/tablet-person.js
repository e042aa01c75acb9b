// Whoever stands at the tablet now finds nothing of the one before: no draft, no page from the history. Comes
// first, before anything looks for drafts.
const PERSON = "person";
const MARGIN_MS = 100; // the server counts, too
const { person, locked } = document.getElementById("bar").dataset;

try {
  if (sessionStorage.getItem(PERSON) !== person) {
    sessionStorage.clear();
    sessionStorage.setItem(PERSON, person);
  }
} catch { /* then nothing was kept */ }

addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
if (Number(locked)) setTimeout(() => location.reload(), Number(locked) + MARGIN_MS);
