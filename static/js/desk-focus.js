// After an act the focus goes on to the next card, never to the top; and it is said what was done.
import { whenAnswered } from "./desk-acts.js";

const said = document.getElementById("said");
let kept = null;

const desk = () => document.getElementById("desk");

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== desk() || !detail.shouldSwap) return;
  const focused = document.activeElement;
  const item = focused?.closest("#desk li");
  const after = [];
  for (let next = item?.nextElementSibling; next; next = next.nextElementSibling) after.push(next.id);
  const before = item?.previousElementSibling?.id;
  kept = {
    hadFocus: desk().contains(focused),
    isOnItem: focused === item,
    following: before ? [...after, before] : after,
    section: focused?.closest("#desk [tabindex='-1']:not(li)")?.id,
    refusal: detail.requestConfig.verb === "get" ? document.getElementById("refusal") : null,
  };
});

document.addEventListener("htmx:afterSwap", () => {
  if (!kept) return;
  const { hadFocus, isOnItem, following, section, refusal } = kept;
  kept = null;
  if (refusal && !document.getElementById("refusal")) {
    refusal.removeAttribute("role"); // it was said already
    document.getElementById("columns").before(refusal);
  }
  if (!hadFocus || desk().contains(document.activeElement)) return;
  const next = following.map((id) => document.getElementById(id)).find(Boolean);
  const inside = isOnItem ? next : next?.querySelector("button");
  const target = inside ?? document.getElementById(section) ?? document.getElementById("main");
  target.focus({ preventScroll: target !== next });
});

whenAnswered((detail) => {
  const elt = detail.requestConfig.elt;
  const words = elt.dataset?.said;
  if (!detail.successful || !words) return;
  document.getElementById("message").replaceChildren();
  said.textContent = words;
});
