// Fetches the page again and puts its new header and content in place of the old.
let taps = 0;
document.addEventListener("htmx:beforeRequest", () => { taps += 1; });

export function isWriting() {
  return [...document.querySelectorAll("[data-most]")].some((field) => field.value.trim() !== "");
}

export async function renew() {
  if (document.querySelector(".htmx-request")) return;
  const before = taps;
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (isWriting() || taps !== before) return; // somebody was faster, and this page is older than that
  const focused = document.activeElement?.id;
  for (const part of ["header", "main"]) {
    document.querySelector(part).replaceWith(page.querySelector(part));
  }
  document.title = page.title;
  window.htmx?.process(document.querySelector("main"));
  document.dispatchEvent(new Event("page:renewed"));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

// Runs `show` now and whenever a part of the page was replaced.
export function whenFresh(show) {
  show();
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("page:renewed", show);
}
