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
  if (isNews) tell(place.querySelector("h2").textContent);
}

/** Who reads further down, where the card has just vanished, is shown the way up; nothing moves by itself. */
function tell(title) {
  if (scrollY < innerHeight / 2) return announce(title);
  const message = document.getElementById("message");
  const way = Object.assign(document.createElement("a"), { href: `#${place.id}`, textContent: title });
  way.addEventListener("click", () => message.replaceChildren());
  message.replaceChildren(way);
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
