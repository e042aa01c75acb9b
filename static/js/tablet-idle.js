// Nobody there any more: asks, waits, and makes room for the next person. What was typed is never thrown away
// unasked, neither then nor by "done".
import { isWriting } from "./renew.js";

const dialog = document.getElementById("still-there");
const finish = document.getElementById("finish");
const find = (id) => document.getElementById(id);
const hasLeftSomething = () => isWriting() || document.querySelector("[aria-pressed=true], .pinned .withdraw") !== null;
let timer = 0;
let isTouched = false;
let isLeaving = false;

function leave() {
  if (isLeaving) return;
  isLeaving = true;
  find("finish-button").disabled = true;
  try {
    sessionStorage.clear();
  } catch { /* nothing was kept */ }
  HTMLFormElement.prototype.submit.call(finish);
}

function ask(why) {
  const isTyped = isWriting();
  for (const id of ["still-there-title", "go"]) find(id).textContent = find(id).dataset[isTyped && (why === "typed" || id === "go") ? "typed" : "idle"];
  find("still-there-typed").hidden = !isTyped;
  find("still-there-soon").hidden = isTyped;
  if (!dialog.open) dialog.showModal();
  clearTimeout(timer);
  if (!isTyped) timer = setTimeout(leave, dialog.dataset.grace * 1000);
}

function rest() {
  clearTimeout(timer);
  timer = setTimeout(() => { if (isTouched || hasLeftSomething()) ask("idle"); }, dialog.dataset.idle * 1000);
}

if (dialog) {
  for (const name of ["pointerdown", "keydown", "input", "scroll", "wheel"]) {
    addEventListener(name, () => { isTouched = true; if (!dialog.open) rest(); }, { capture: true, passive: true });
  }
  finish.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isWriting()) ask("typed");
    else leave();
  });
  find("go").addEventListener("click", leave);
  find("stay").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", rest);
  addEventListener("pageshow", () => { isLeaving = false; find("finish-button").disabled = false; });
  rest();
}
