// The way back from the last act stays at the foot of the page for a while, wherever the desk scrolls to.

const STAYS_MS = 20_000;
const toast = document.getElementById("toast");
let timer = 0;

function hide() {
  if (toast.matches(":hover, :focus-within")) timer = setTimeout(hide, STAYS_MS);
  else toast.hidden = true;
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "desk" && detail.requestConfig.verb === "post" && detail.shouldSwap) toast.hidden = true;
});

document.addEventListener("htmx:afterSwap", () => {
  const done = document.getElementById("done");
  if (!done) return;
  toast.replaceChildren(...done.children);
  done.remove();
  htmx.process(toast);
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(hide, STAYS_MS);
});

// Who took something back goes on where that lies now.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const form = detail.requestConfig?.elt;
  if (!form?.closest?.("#toast")) return;
  const id = /\/cards\/([0-9a-z]+)\//.exec(form.action)?.[1] ?? form.querySelector("[name=card]")?.value.split(":")[0];
  document.getElementById(`card-${id}`)?.focus();
});
