// Exchanges only what the server changed. What is the same stays the same element: its focus, its caret, its
// place under a finger. Children of `data-each` elements are compared one by one, by their ids.
import { carried } from "./desk-carry.js";

const MOVING = /<b data-time="">[\d:]+<\/b>|name="remaining_s" value="\d+"/g; // runs by itself
const sent = new WeakMap(); // element → as the server sent it
let isOwed = false; // something was left as it was under a caret

const asSent = (element) => element.outerHTML.replace(MOVING, "");
const isEach = (element) => "each" in element.dataset;
const holdsCaret = (element) => element.contains(document.activeElement?.closest("textarea, select, input:not([type=checkbox])"));

function remember(element) {
  if (isEach(element)) for (const child of element.children) remember(child);
  else sent.set(element, asSent(element));
}

/** Whether something waits until the caret leaves it. */
export const owes = () => isOwed;

function patch(old, fresh, { isKept, form, isDone, added }) {
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  const known = new Map([...old.children].map((child) => [child.id, child]));
  const coming = new Set([...fresh.children].map((child) => child.id));
  for (const [id, child] of known) if (!coming.has(id) && !isKept(child)) child.remove();
  const isRefused = (element) => !isDone && element.contains(form); // what is there now was seen, so it is decided on
  let place = old.firstElementChild;
  for (const next of [...fresh.children]) {
    const here = known.get(next.id);
    const isInPlace = here !== undefined && here === place;
    if (isInPlace) place = place.nextElementSibling;
    let now = here ?? next;
    if (here && isEach(here) && isEach(next)) patch(here, next, { isKept, form, isDone, added });
    else if (!here || isRefused(here) || (sent.get(here) !== asSent(next) && !isKept(here))) {
      remember(next);
      added.push(next);
      now = next;
      if (here) carried(here, next, form, isDone);
    }
    if (!isInPlace) old.insertBefore(now, place);
  }
}

htmx.defineExtension("patch", {
  handleSwap(style, target, fragment, settling) {
    const fresh = fragment.querySelector("#desk");
    if (style !== "patch" || fresh === null) return false;
    const { form, isDone, isReading } = patching;
    isOwed = false;
    const isKept = (element) => {
      if ("keep" in element.dataset) return true;
      if (!isReading || !holdsCaret(element)) return false;
      isOwed = true;
      return true;
    };
    const added = [];
    patch(target, fresh, { isKept, form, isDone, added });
    settling.elts.push(target);
    return added;
  },
});

let patching = {};

/** To be told before each swap what it answers. */
export function answering(detail) {
  patching = {
    form: detail.requestConfig.elt,
    isDone: detail.xhr.status < 400,
    isReading: detail.requestConfig.verb === "get",
  };
}

document.body.setAttribute("hx-ext", "patch"); // whoever asks, here or from the foot of the page
remember(document.getElementById("desk"));
