// Shows what is searched for while it is typed; the address says what is shown, so a reload keeps it.
import { look } from "./desk.js";

const PAUSE_MS = 250;
const form = document.getElementById("filter");
let timer = 0;

function show() {
  const fields = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
  const query = new URLSearchParams(fields).toString();
  history.replaceState(null, "", location.pathname + (query && `?${query}`));
  look();
}

form.querySelector("button").hidden = true;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, PAUSE_MS);
});
