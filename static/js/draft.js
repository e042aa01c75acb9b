// Text that is being written: counted in what people see as one character, and kept until it was sent,
// through replaced parts, reloads and a phone that sleeps.
import { whenFresh } from "./renew.js";

const drafts = new Map(); // where sessionStorage is forbidden, at least as long as the page lives
const segments = Intl.Segmenter && new Intl.Segmenter();
const key = (field) => `draft ${location.pathname.toLowerCase()} ${field.id}`;
const written = (root) => root.querySelectorAll("[data-most]");

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

function graphemes(text) {
  return segments ? [...segments.segment(text)].length : [...text].length;
}

function count(field) {
  const words = document.getElementById(field.dataset.count);
  const left = Number(field.dataset.most) - graphemes(field.value.trim());
  const text = (left < 0 ? words.dataset.over : words.dataset.left).replace("{n}", String(Math.abs(left)));
  words.textContent = text;
  words.classList.toggle("over", left < 0);
  field.setCustomValidity(left < 0 ? text : "");
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-most]")) return;
  store(key(target), target.value);
  count(target);
  if (target.dataset.similar) import("./similar.js").then(({ look }) => look(target), () => {});
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, elt } = event.detail;
  if (xhr.status < 400 && !event.defaultPrevented) for (const field of written(elt)) store(key(field), "");
});

whenFresh(() => {
  for (const field of written(document)) {
    field.value ||= stored(key(field)) ?? "";
    count(field);
  }
});
