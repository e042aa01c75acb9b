// A button that vanishes by its own action takes the focus with it: what came in its place gets it.
let had = false;

document.addEventListener("htmx:beforeSwap", (event) => {
  had = event.detail.target.contains(document.activeElement);
});

document.addEventListener("htmx:load", (event) => {
  const part = event.detail.elt;
  if (!had || part === document.body || document.activeElement !== document.body) return;
  had = false;
  (part.querySelector("button.dot") ?? part).focus({ preventScroll: true });
});
