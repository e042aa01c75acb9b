// The dots of one offer: yes from the left, no from the right; a new one drops in, the others stay where they are.
import { animate } from "./motion.js";

export const STORM = 30; // more new dots than this at once are simply there

const TINY_PX = 9;

/** `room`: {width, height, rows} of a strip. A bar has the length that its dots would have. */
export function fillStrip(strip, { yes, no }, { width, height, rows, asBar, isCalm }) {
  const pitch = Math.floor((height / rows) * devicePixelRatio) / devicePixelRatio; // whole pixels: all dots are equally round
  const columns = Math.floor(width / pitch);
  const isBar = asBar || Math.ceil(yes / rows) + Math.ceil(no / rows) > columns;
  const capacity = Math.max(yes + no, columns * rows);
  strip.classList.toggle("bars", isBar);
  strip.style.setProperty("--pitch", `${pitch}px`);
  strip.classList.toggle("tiny", pitch < TINY_PX);
  strip.style.setProperty("--rows", rows);
  const [left, right] = strip.children;
  for (const [dots, count] of [[left, yes], [right, no]]) {
    dots.style.setProperty("--share", isBar ? count / capacity : 0);
    pin(dots, isBar ? 0 : count ?? 0, isCalm);
  }
}

function pin(dots, count, isCalm) {
  while (dots.childElementCount > count) dots.lastElementChild.remove();
  while (dots.childElementCount < count) {
    const dot = dots.appendChild(document.createElement("i"));
    dot.className = `dot ${dots.classList.contains("yes") ? "yes" : "no"}`;
    if (!isCalm) animate(dot, [{ transform: "translateY(-2.5rem) scale(1.8)", opacity: 0 }, { transform: "none", opacity: 1 }], { duration: 500 });
  }
}
