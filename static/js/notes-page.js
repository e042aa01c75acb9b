// The note list's own page: of all offers those are shown that this phone has noted.
import { note, notes } from "./notes.js";
import { whenFresh } from "./renew.js";
import { announce } from "./sending.js";

const at = (id) => document.getElementById(id);

function show() {
  const list = notes();
  let count = 0;
  for (const item of at("noted").children) {
    item.hidden = !(item.dataset.offer in (list ?? {}));
    if (!item.hidden) count += 1;
  }
  at("notes-refused").hidden = list !== null;
  at("notes-empty").hidden = list === null || count > 0;
  at("notes-acts").hidden = count === 0;
}

function remove(items) {
  for (const item of items) note(item.dataset.offer, null);
  show();
  announce(`${at("noted").dataset.removed} ${items.map((item) => item.querySelector("h2").textContent).join(", ")}`);
  (at("noted").querySelector("li:not([hidden]) .withdraw") ?? document.querySelector("h1")).focus();
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("#notes-print")) print();
  else if (target.closest("#notes-clear")) remove([...at("noted").querySelectorAll("li:not([hidden])")]);
  else if (target.closest("#noted .withdraw")) remove([target.closest("li")]);
});

addEventListener("storage", show);
whenFresh(show);
