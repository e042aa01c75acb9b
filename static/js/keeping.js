// Whatever is sent lies in the outbox first and leaves it with the server's answer: a tap is never lost with the
// line, the page or the tab.
import { deliver, laneOf } from "./delivery.js";
import { PATIENCE_MS, SLOW_MS, deadline, forget, isCurrent, keyOf, put, waiting } from "./outbox.js";
import { paint } from "./pending.js";
import { announce, nextSequence } from "./sending.js";

const underway = new Set();

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.timeout = PATIENCE_MS;
  // a page kept on the phone would give the same number twice, and the second text would be taken for the first
  if ("submission" in detail.parameters) detail.parameters.submission = newSubmission();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const config = event.detail.requestConfig;
  if (config.verb !== "post") return;
  const fields = Object.fromEntries(config.formData);
  const key = keyOf(config.path, fields);
  const { epoch } = document.getElementById("bar").dataset;
  const at = Number(fields.sequence) || nextSequence();
  const entry = { path: config.path, fields, at, epoch, label: labelOf(config.elt, fields), until: deadline() };
  put(key, entry);
  config.entry = { key, ...entry };
  underway.add(config.entry);
  if (waiting().some((other) => laneOf(other) === laneOf(config.entry))) { // it is not to overtake those
    event.preventDefault();
    keep(config);
    deliver();
  } else if (laneOf(config.entry) === "dots") setTimeout(paint, SLOW_MS + 50);
});

/** An answer to take at its word: ours, and neither "later" nor the sign-in page of a guest network. */
function isFinal({ status, responseText, getResponseHeader }) {
  if (status >= 200 && status < 300) return responseText.includes("data-announce");
  return status >= 400 && ![429, 503].includes(status) && getResponseHeader("HX-Retarget") !== null;
}

const readable = (xhr) => ({ status: xhr.status, responseText: xhr.responseText, getResponseHeader: (name) => xhr.getResponseHeader(name) });

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (requestConfig.entry && !isFinal(readable(xhr))) event.preventDefault();
});

document.addEventListener("htmx:afterRequest", ({ detail: { xhr, requestConfig: config } }) => {
  if (!config.entry) return;
  underway.delete(config.entry);
  if (isFinal(readable(xhr))) {
    forget(config.entry);
    paint();
  } else if (isCurrent(config.entry)) {
    keep(config);
    deliver();
  }
});

/** From now on the outbox sends it. */
function keep({ entry, elt }) {
  const { key, ...kept } = entry;
  underway.delete(entry);
  put(key, { ...kept, until: 0 });
  for (const button of elt.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  elt.removeAttribute("aria-busy");
  const field = elt.querySelector("[data-most]");
  if (field && entry.fields.text !== undefined) empty(elt, field);
  paint();
  announce(`${document.getElementById("pending").dataset.kept} ${entry.label ?? ""}`.trim());
}

/** The text has its own place now; the form is for another. */
function empty(form, field) {
  form.reset();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function newSubmission() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What its sender would recognise it by. */
function labelOf(element, { text, knows }) {
  const offer = element.closest(".offer");
  if (!offer) return text ?? element.closest("li, .card")?.querySelector(".words")?.textContent ?? "";
  const chosen = offer.querySelector(`.dot.${knows}`)?.textContent.trim();
  return [chosen, offer.querySelector("h3").textContent].filter(Boolean).join(" – ");
}

// a page that is left sends nothing any more; whoever comes next may
addEventListener("pagehide", () => {
  for (const { key, ...entry } of underway) if (isCurrent({ key, ...entry })) put(key, { ...entry, until: 0 });
});
