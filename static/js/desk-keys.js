// Single keys for who decides on many cards. They can be switched off, in this browser (WCAG 2.1.4).

const OFF = "desk keys off";
const help = document.getElementById("keys");
const isOn = document.getElementById("keys-on");
const opener = document.getElementById("show-keys");

function stored() {
  try { return localStorage.getItem(OFF) === "yes"; } catch { return false; }
}

const cards = () => [...document.querySelectorAll("#desk li.card")].filter((card) => card.checkVisibility());
const amongWords = (element) => Boolean(element?.closest("#words")); // the other keys are for cards
const current = () => document.activeElement?.closest("li.card");

function step(by) {
  const all = cards();
  const at = all.indexOf(current());
  const next = at < 0 ? all[0] : all[at + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function correct(card) {
  const part = card?.querySelector("details.correction");
  if (!part) return;
  part.open = true;
  const field = part.querySelector("textarea");
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function press(key) {
  const card = current();
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "c") correct(card);
  else if (key === "x") card?.querySelector(".pick input").click();
  else if (key === "z") document.querySelector(amongWords(document.activeElement) ? "#words-undo" : "#toast:not([hidden]) #undo")?.click();
  else if (key === "/") document.getElementById("search").focus();
  else if (key === "?") help.showModal();
  else card?.querySelector(`button[data-key="${key}"]`)?.click();
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key === "Escape" && target.closest("details.correction")) {
    target.closest("details.correction").open = false;
    target.closest("li.card").focus();
  }
  if (!isOn.checked || event.repeat || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (target.closest("textarea, select, input:not([type=checkbox])") || (amongWords(target) && key.toLowerCase() !== "z")) return;
  if (!"jkahclxz/?".includes(key.toLowerCase()) || key.length !== 1) return;
  event.preventDefault();
  press(key.toLowerCase());
});

isOn.checked = !stored();
isOn.addEventListener("change", () => {
  try { localStorage.setItem(OFF, isOn.checked ? "no" : "yes"); } catch { /* for this page, then */ }
});
opener.hidden = false;
opener.addEventListener("click", () => {
  opener.closest("details").open = false;
  help.showModal();
});
