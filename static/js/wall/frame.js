// What of the cloud's picture is shown: its words and a margin, in steps, so that it seldom changes.
import { animate } from "./motion.js";

const WHOLE = { left: 0, top: 0, right: 1600, bottom: 900 };
const STEP = 50;
const MARGIN = 15;
const LEAST = { width: 800, height: 450 }; // few words are not blown up further
const WORTH_IT = 0.85; // it comes closer only if that makes a difference
const MOVE_MS = 900;

export class Frame {
  #shown = null;

  constructor(picture) {
    this.picture = picture;
  }

  /** `words`: [{element, x, y, size}] in the picture's units. */
  around(words, isCalm) {
    const wanted = wantedFor(words);
    if (this.#shown && holds(this.#shown, wanted) && areaOf(wanted) > WORTH_IT * areaOf(this.#shown)) return;
    const isFirst = this.#shown === null;
    this.#shown = words.length > 0 ? wanted : null;
    this.#move(isCalm || isFirst, wanted);
  }

  #move(isCalm, { left, top, right, bottom }) {
    const before = this.picture.getScreenCTM();
    for (const animation of this.picture.getAnimations()) animation.cancel();
    this.picture.setAttribute("viewBox", `${left} ${top} ${right - left} ${bottom - top}`);
    const after = this.picture.getScreenCTM();
    if (isCalm || !before || !after) return;
    const box = this.picture.getBoundingClientRect();
    const transformOrigin = `${-box.left}px ${-box.top}px`;
    const from = before.multiply(after.inverse());
    const matrix = `matrix(${[from.a, from.b, from.c, from.d, from.e, from.f].join(", ")})`;
    animate(this.picture, [{ transformOrigin, transform: matrix }, { transformOrigin, transform: "none" }], { duration: MOVE_MS });
  }
}

const holds = (outer, inner) =>
  inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right && inner.bottom <= outer.bottom;
const areaOf = ({ left, top, right, bottom }) => (right - left) * (bottom - top);

function wantedFor(words) {
  if (words.length === 0) return WHOLE;
  const boxes = words.map(({ element, x, y, size }) => ({ x, y, side: element.getBBox().width / 2, half: size / 2 }));
  const [left, right] = span(boxes.map(({ x, side }) => [x - side, x + side]), LEAST.width);
  const [top, bottom] = span(boxes.map(({ y, half }) => [y - half, y + half]), LEAST.height);
  return { left, top, right, bottom };
}

/** The ends of all stretches together with the margin, on whole steps, at least `least` apart. */
function span(stretches, least) {
  const from = Math.min(...stretches.map(([start]) => start)) - MARGIN;
  const to = Math.max(...stretches.map(([, end]) => end)) + MARGIN;
  const missing = Math.max(0, least - (to - from)) / 2;
  return [Math.floor((from - missing) / STEP) * STEP, Math.ceil((to + missing) / STEP) * STEP];
}
