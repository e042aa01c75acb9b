// Says how many words are ticked, on the button that merges them.
import { whenAnswered } from "./desk-acts.js";

const ticked = () => document.querySelectorAll("#desk .tick input:checked").length;

function count() {
  const form = document.getElementById("merging");
  if (!form) return;
  const label = form.querySelector("[data-ticked]");
  label.dataset.plain ??= label.textContent;
  label.textContent = ticked() < 2 ? label.dataset.plain : label.dataset.ticked.replace("{n}", ticked());
  form.classList.toggle("ready", ticked() >= 2);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches(".tick input")) count();
});

// A single word can't be merged: nothing is sent, so that nobody is refused.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (form.id === "merging" && ticked() < 2) event.preventDefault();
});

document.addEventListener("htmx:afterSwap", count);
whenAnswered(count);
