// Ticks and typed names survive the exchange of the desk; says how many words are ticked.
import { whenAnswered } from "./desk-acts.js";

let kept = null;

const desk = () => document.getElementById("desk");
const ticks = () => [...desk().querySelectorAll(".tick input")];
const names = () => [...desk().querySelectorAll(".renaming [name='text']")];
const isRenaming = (form) => form?.classList?.contains("renaming");

function count() {
  const form = document.getElementById("merging");
  if (!form) return;
  const ticked = ticks().filter((tick) => tick.checked).length;
  const label = form.querySelector("[data-ticked]");
  label.dataset.plain ??= label.textContent;
  label.textContent = ticked < 2 ? label.dataset.plain : label.dataset.ticked.replace("{n}", ticked);
  form.classList.toggle("ready", ticked >= 2);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches(".tick input")) count();
});

// A single word can't be merged: nothing is sent, so that nobody is refused.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (form.id === "merging" && ticks().filter((tick) => tick.checked).length < 2) event.preventDefault();
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== desk() || !detail.shouldSwap) return;
  const sent = detail.xhr.status < 400 ? detail.requestConfig.elt : null;
  if (isRenaming(sent)) sent.closest("details").open = false; // before desk-swap.js notes what is open
  kept = {
    ticked: sent?.id === "merging" ? [] : ticks().filter((tick) => tick.checked).map((tick) => tick.id),
    typed: names().filter((name) => name.form !== sent && name.value !== name.defaultValue).map(({ id, value }) => [id, value]),
  };
}, true);

document.addEventListener("htmx:afterSwap", () => {
  if (!kept) return;
  const { ticked, typed } = kept;
  kept = null;
  for (const id of ticked) {
    const tick = document.getElementById(id);
    if (tick) tick.checked = true;
  }
  for (const [id, value] of typed) {
    const name = document.getElementById(id);
    if (name) name.value = value;
  }
  count();
});

whenAnswered(count);
