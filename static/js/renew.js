// Fetches the page again and puts its new header and content in place of the old.
export function isWriting() {
  return [...document.querySelectorAll("[data-most]")].some((field) => field.value.trim() !== "");
}

export async function renew() {
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (isWriting()) return; // somebody began while we were fetching
  const focused = document.activeElement?.id;
  for (const part of ["header", "main"]) {
    document.querySelector(part).replaceWith(page.querySelector(part));
  }
  document.title = page.title;
  window.htmx?.process(document.querySelector("main"));
  document.dispatchEvent(new Event("page:renewed"));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
