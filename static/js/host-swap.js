// What a host has in hand survives the exchange of the page: focus, opened parts, typed text, a message.
import { whenAnswered } from "./desk-acts.js";

const said = document.getElementById("said");
let kept = null;

const desk = () => document.getElementById("desk");
const typed = (field) => (field.matches("select") ? field.selectedOptions[0]?.defaultSelected === false : field.value !== field.defaultValue);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== desk() || !detail.shouldSwap) return; // desk.js has decided
  const focused = document.activeElement;
  const item = focused?.closest("#desk li");
  const following = [];
  for (let next = item?.nextElementSibling; next; next = next.nextElementSibling) following.push(next.id);
  kept = {
    open: [...desk().querySelectorAll("details[open]")].map((part) => part.id),
    fields: [...desk().querySelectorAll("textarea, select")].filter(typed).map((field) => ({
      id: field.id,
      value: field.value,
      // decided on what was seen; after the server has shown the current state, on that
      version: field.form === detail.requestConfig.elt ? null : field.form.elements.version?.value,
      isSent: field.form === detail.requestConfig.elt && detail.xhr.status < 400,
    })),
    hadFocus: desk().contains(focused),
    following,
    section: focused?.closest("#desk [tabindex='-1']")?.id,
    refusal: detail.requestConfig.verb === "get" ? document.getElementById("refusal") : null,
  };
});

document.addEventListener("htmx:afterSwap", () => {
  if (!kept) return;
  const { open, fields, hadFocus, following, section, refusal } = kept;
  kept = null;
  for (const id of open) {
    const part = document.getElementById(id);
    if (part) part.open = true;
  }
  for (const { id, value, version, isSent } of fields) {
    const field = document.getElementById(id);
    if (!field || isSent) continue;
    field.value = value;
    if (version) field.form.elements.version.value = version;
  }
  for (const { id, isSent } of fields) {
    const part = isSent && document.getElementById(id)?.closest("details.correction");
    if (part) part.open = false;
  }
  if (refusal && !document.getElementById("refusal")) {
    refusal.removeAttribute("role"); // it was said already
    desk().querySelector(".columns").before(refusal);
  }
  if (hadFocus && !desk().contains(document.activeElement)) {
    const next = following.map((id) => document.getElementById(id)).find(Boolean);
    const target = next?.querySelector("button") ?? document.getElementById(section) ?? document.getElementById("main");
    target.focus({ preventScroll: true });
  }
});

whenAnswered((detail) => {
  const words = detail.requestConfig.elt.dataset?.said;
  if (!detail.successful || !words) return;
  document.getElementById("message").replaceChildren();
  said.textContent = words;
});
