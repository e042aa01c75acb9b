// What can be set at this wall alone: full screen, size of the text, light or dark.
import { recall, remember } from "./remembered.js";

const STEP = 0.1;
const root = document.documentElement;

export function listenToKeys(wall) {
  const dialog = wall.querySelector("dialog.keys");
  const keys = {
    f: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    t: () => paint(root.dataset.theme === "dark" ? "light" : "dark"),
    "+": () => enlargeAsFits(wall),
    "-": () => enlarge(text - STEP),
    0: () => enlarge(1),
    "?": () => (dialog.open ? dialog.close() : dialog.showModal()),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    keys[event.key.toLowerCase()]?.();
  });
  paint(recall("wall-theme") ?? "light");
  enlarge(Number(recall("wall-text") ?? 1));
}

let text = 1;

function paint(theme) {
  root.dataset.theme = theme === "dark" ? "dark" : "light";
  remember("wall-theme", root.dataset.theme);
}

/** Not so far that offers lose their names: no sheet on show may come down to its sum. */
function enlargeAsFits(wall) {
  const sums = () => wall.querySelectorAll('.scene:not([hidden]) [data-lines="sum"]').length;
  const [before, had] = [text, sums()];
  enlarge(before + STEP);
  if (sums() > had) enlarge(before);
}

function enlarge(factor) {
  text = Math.min(1.6, Math.max(0.7, factor || 1));
  root.style.setProperty("--text", text);
  remember("wall-text", text);
  dispatchEvent(new Event("resize")); // what is fitted to the screen is fitted again
}
