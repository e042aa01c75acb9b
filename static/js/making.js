// Begins the download by itself, once, as soon as the file is ready.
let hasBegun = false;

function download() {
  const file = document.querySelector("[data-ready]");
  if (!file || hasBegun) return;
  hasBegun = true;
  file.click();
}

download();
document.addEventListener("htmx:afterSettle", download);
