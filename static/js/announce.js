// Says to screen readers what an action did, in a region that stands empty in the page from the start.
const region = document.getElementById("announcer");

export function announce(text) {
  region.textContent = "";
  // the same sentence twice is only news when the region was empty in between
  setTimeout(() => { region.textContent = text; }, 50);
}

document.addEventListener("htmx:load", (event) => {
  const text = event.detail.elt.dataset?.announce;
  if (text) announce(text);
});
