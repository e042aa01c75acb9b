// Cards are grouped by keyboard: arrows walk, space picks, a digit says into which group, N makes a new one.
// After a move the board stays where it was and the focus goes on to the next card.
const said = document.getElementById("said");
const HALVES = ["ungrouped", "groups"];
let kept = null;

const board = () => document.getElementById("board");
const form = () => document.getElementById("moving");
const boxes = () => [...board().querySelectorAll(".groupable input")];
const picked = () => boxes().filter((box) => box.checked);

export function moveTo(place) {
  document.getElementById("to").value = place;
  form().requestSubmit();
}

function count() {
  const line = document.getElementById("picked");
  line.textContent = line.dataset.picked.replace("{n}", picked().length);
}

function walk(box, step) {
  const all = boxes();
  all[all.indexOf(box) + step]?.focus();
}

document.addEventListener("change", ({ target }) => {
  if (target.matches(".groupable input")) count();
  if (target.id === "only") target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!box.matches?.(".groupable input") || event.ctrlKey || event.metaKey || event.altKey) return;
  const group = board().querySelectorAll(".group")[Number(event.key) - 1];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    walk(box, event.key === "ArrowDown" ? 1 : -1);
  } else if (/^[1-9]$/.test(event.key) ? group : /^[0n]$/i.test(event.key)) {
    if (picked().length === 0) box.checked = true;
    count();
    if (group) moveTo(group.dataset.drop);
    else if (event.key === "0") moveTo("");
    else {
      document.getElementById("to").value = "new";
      document.getElementById("new-title").focus();
    }
  } else return;
  event.preventDefault();
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== board()) return;
  const all = boxes();
  const from = all.findLastIndex((box) => box.checked);
  kept = {
    tops: HALVES.map((id) => document.getElementById(id).scrollTop),
    next: [...all.slice(from + 1), ...all.slice(0, from).reverse()].filter((box) => !box.checked).map((box) => box.id),
    isMove: detail.requestConfig.elt === form(),
  };
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!kept) return;
  const { tops, next, isMove } = kept;
  kept = null;
  HALVES.forEach((id, at) => { document.getElementById(id).scrollTop = tops[at]; });
  if (!isMove) return;
  const target = next.map((id) => document.getElementById(id)).find(Boolean) ?? document.getElementById("ungrouped");
  target.focus({ preventScroll: true });
  if (detail.successful !== false && !document.getElementById("refusal")) said.textContent = detail.requestConfig.elt.dataset.said;
});
