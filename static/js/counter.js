// Counts down how much more may be written, in what people see as one character.
import { whenFresh } from "./renew.js";

const segments = Intl.Segmenter && new Intl.Segmenter();

export function graphemes(text) {
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

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-most]")) count(event.target);
});

whenFresh(() => document.querySelectorAll("[data-most]").forEach(count));
