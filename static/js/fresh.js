// Runs `show` now and whenever a part of the page was replaced.
export function whenFresh(show) {
  show();
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("page:renewed", show);
}
