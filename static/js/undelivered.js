// What came too late to be taken is said, and a text stays to be read and copied until its writer puts it away.
import { dismiss } from "./outbox.js";
import { announce } from "./sending.js";

const place = document.getElementById("undelivered");
let shown = "";

/** `lost`: the outbox's undelivered entries of this event. */
export function show(lost) {
  const keys = lost.map(({ key }) => key).join();
  if (keys === shown) return;
  const isNews = keys.length > shown.length;
  shown = keys;
  place.hidden = lost.length === 0;
  place.querySelector("ul").replaceChildren(...lost.map((entry) => itemOf(entry, lost)));
  if (isNews) announce(place.querySelector("h2").textContent);
}

function itemOf(entry, lost) {
  const { key, label, reason, isText } = entry;
  const item = place.querySelector("template").content.firstElementChild.cloneNode(true);
  item.querySelector(".words").textContent = label;
  item.querySelector("small").textContent = reason;
  const copy = item.querySelector(".copy");
  copy.hidden = !isText || !navigator.clipboard; // over plain HTTP there is none; the text can be selected
  copy.addEventListener("click", () => navigator.clipboard.writeText(label).then(() => announce(copy.dataset.done), () => {}));
  item.querySelector(".done").addEventListener("click", () => {
    dismiss(key);
    show(lost.filter((other) => other !== entry));
    (place.querySelector("button") ?? document.querySelector("main")).focus();
  });
  return item;
}
