// Keeps what is being written until it was sent: through replaced parts, reloads and a phone that sleeps.
import { whenFresh } from "./renew.js";

const drafts = new Map(); // where sessionStorage is forbidden, at least as long as the page lives
const key = (field) => `draft ${location.pathname.toLowerCase()} ${field.id}`;

function stored(name) {
  try {
    return sessionStorage.getItem(name) ?? drafts.get(name);
  } catch {
    return drafts.get(name);
  }
}

function store(name, text) {
  drafts.set(name, text);
  try {
    sessionStorage.setItem(name, text);
  } catch { /* the map has it */ }
}

const written = (root) => root.querySelectorAll("[data-most]");

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-most]")) store(key(event.target), event.target.value);
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, elt } = event.detail;
  if (xhr.status < 400) for (const field of written(elt)) store(key(field), "");
});

whenFresh(() => {
  for (const field of written(document)) {
    const text = stored(key(field));
    if (text && !field.value) {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
});
