// Sends a form, or follows a link, in place: what changes on the page is exchanged, the rest stays. It is all that
// attendees' pages have of htmx, on phone and tablet, at a tenth of its weight: hx-post and hx-get, hx-target,
// hx-select, hx-sync="this:replace", and htmx's events. The desks have htmx itself.
const underway = new WeakMap();

function emit(element, name, detail) {
  const event = new CustomEvent(`htmx:${name}`, { bubbles: true, cancelable: true, detail });
  return (element.isConnected ? element : document).dispatchEvent(event);
}

function targetOf(element) {
  const target = element.getAttribute("hx-target");
  return target.startsWith("closest ") ? element.closest(target.slice("closest ".length)) : document.querySelector(target);
}

function send(elt, verb, fields, triggeringEvent) {
  if (underway.has(elt)) {
    if (elt.getAttribute("hx-sync") !== "this:replace") return;
    underway.get(elt).abort();
  }
  const config = { elt, verb, path: elt.getAttribute(`hx-${verb}`), parameters: Object.fromEntries(fields), timeout: 0, triggeringEvent };
  emit(elt, "configRequest", config);
  config.formData = new URLSearchParams(config.parameters);
  const xhr = new XMLHttpRequest();
  const detail = { xhr, elt, target: targetOf(elt), requestConfig: config, successful: false };
  if (!emit(elt, "beforeRequest", detail)) return;
  underway.set(elt, xhr);
  elt.classList.add("htmx-request");
  xhr.open(verb, config.path);
  xhr.setRequestHeader("HX-Request", "true");
  xhr.timeout = config.timeout;
  const end = (failure) => {
    if (underway.get(elt) === xhr) {
      underway.delete(elt);
      elt.classList.remove("htmx-request");
    }
    emit(elt, "afterRequest", detail);
    if (failure) emit(elt, failure, detail);
  };
  xhr.onload = () => {
    detail.successful = xhr.status >= 200 && xhr.status < 400;
    if (emit(elt, "beforeOnLoad", detail)) exchange(detail);
    end();
  };
  xhr.onerror = () => end("sendError");
  xhr.ontimeout = () => end("timeout");
  xhr.onabort = () => end("sendAbort");
  xhr.send(verb === "post" ? config.formData : null);
}

/** Where the answer says so, within another place than where it was asked for. */
function exchange(detail) {
  const { xhr, elt } = detail;
  const elsewhere = xhr.getResponseHeader("HX-Retarget");
  const target = elsewhere ? document.querySelector(elsewhere) : detail.target;
  if (!target?.isConnected) return;
  detail.target = target;
  emit(target, "beforeSwap", detail);
  const { body } = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const select = elt.getAttribute("hx-select");
  const parts = select ? [...body.querySelectorAll(select)] : [...body.childNodes];
  const focused = document.activeElement;
  if (xhr.getResponseHeader("HX-Reswap") === "innerHTML") target.replaceChildren(...parts);
  else target.replaceWith(...parts);
  if (!focused.isConnected && focused.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
  for (const part of parts) if (part instanceof Element) emit(part, "load", { elt: part });
  emit(elt, "afterSettle", detail);
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.hasAttribute("hx-post") || event.defaultPrevented) return;
  event.preventDefault();
  const fields = new FormData(form);
  if (submitter?.name) fields.set(submitter.name, submitter.value);
  send(form, "post", fields, event);
});

document.addEventListener("click", (event) => {
  const elt = event.target.closest?.("button[hx-post], a[hx-get]");
  if (!elt || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (elt.matches("a")) send(elt, "get", [], event);
  else send(elt, "post", [[elt.name, elt.value]], event);
});
