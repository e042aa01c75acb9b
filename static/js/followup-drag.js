// Cards are dragged into a group, into a new one, or back among those without; what else is picked comes along.
import { moveTo } from "./followup.js";

const CARD = ".groupable";
const PLACE = "[data-drop]";

function ready() {
  for (const card of document.querySelectorAll(CARD)) card.draggable = true;
}

function place(event) {
  return event.target.closest?.(PLACE);
}

function leave() {
  for (const over of document.querySelectorAll(".is-over")) over.classList.remove("is-over");
}

document.addEventListener("dragstart", (event) => {
  const box = event.target.closest?.(CARD)?.querySelector("input");
  if (!box) return;
  if (!box.checked) {
    for (const other of document.querySelectorAll(`${CARD} input:checked`)) other.checked = false;
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  event.dataTransfer.setData("text/plain", box.value);
  event.dataTransfer.effectAllowed = "move";
  document.body.classList.add("is-dragging");
});

document.addEventListener("dragover", (event) => {
  const over = place(event);
  if (!over || !document.body.classList.contains("is-dragging")) return;
  event.preventDefault();
  if (over.classList.contains("is-over")) return;
  leave();
  over.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const over = place(event);
  if (!over || !document.body.classList.contains("is-dragging")) return;
  event.preventDefault();
  moveTo(over.dataset.drop);
});

document.addEventListener("dragend", () => {
  leave();
  document.body.classList.remove("is-dragging");
});

document.addEventListener("htmx:afterSwap", ready);
ready();
