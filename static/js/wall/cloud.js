// The cloud as the server laid it out: every word keeps its element, and moves and grows once.
import { Frame } from "./frame.js";
import { inkOf } from "./ink.js";
import { animate } from "./motion.js";
import { write } from "./values.js";

const BASELINE = 0.335; // from a word's middle down to its baseline, in font sizes, as in the exported picture
const MOVE_MS = 600;
const FONT = '600 100px "Atkinson Hyperlegible Next"';

export class Cloud {
  #words = new Map(); // id → {element, x, y, size}

  constructor(scene) {
    this.picture = scene.querySelector(".cloud");
    this.empty = scene.querySelector(".empty");
    this.more = scene.querySelector(".more");
    this.picture.replaceChildren();
    this.frame = new Frame(this.picture);
  }

  async show(state, isCalm) {
    this.latest = state;
    const { cloud, curtain, totals } = state;
    await fontFor(cloud);
    if (this.latest !== state) return;
    this.picture.toggleAttribute("hidden", curtain);
    this.empty.hidden = curtain || cloud.length > 0;
    const rest = curtain ? 0 : (totals.words ?? cloud.length) - cloud.length;
    this.more.hidden = rest <= 0;
    write(this.more, this.more.dataset.text.replace("{n}", rest));
    const ids = new Set(cloud.map((word) => word.id));
    for (const [id, { element }] of this.#words) if (!ids.has(id)) element.remove(), this.#words.delete(id);
    for (const word of cloud) this.#draw(word, isCalm);
    this.frame.around([...this.#words.values()], isCalm);
  }

  #draw({ id, word, x, y, size, width }, isCalm) {
    const before = this.#words.get(id);
    const element = before?.element ?? this.picture.appendChild(document.createElementNS(this.picture.namespaceURI, "text"));
    this.#words.set(id, { element, x, y, size });
    element.setAttribute("class", `ink-${inkOf(id)}`);
    write(element, word);
    if (width) setAll(element, { textLength: width, lengthAdjust: "spacingAndGlyphs" });
    else element.removeAttribute("textLength");
    if (before && before.x === x && before.y === y && before.size === size) return;
    const from = before ? whereItIs(before) : isCalm ? null : new DOMMatrix().translate(x, y).scale(0.01).translate(-x, -y);
    setAll(element, { x, y: y + BASELINE * size, "font-size": size });
    if (isCalm || from === null) return;
    if (before) from.translateSelf(before.x, before.y).scaleSelf(before.size / size).translateSelf(-x, -y);
    for (const animation of element.getAnimations()) animation.cancel();
    animate(element, [{ transform: from.toString() }, { transform: "none" }], { duration: MOVE_MS });
  }
}

function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** Laid out for this font: in another one words would overlap. It comes in parts, by the letters that are needed. */
function fontFor(cloud) {
  return document.fonts.load(FONT, cloud.map(({ word }) => word).join("") || "x").catch(() => {});
}

/** What of its last move a word still has before it. */
function whereItIs({ element }) {
  const { transform } = getComputedStyle(element);
  return transform === "none" ? new DOMMatrix() : new DOMMatrix(transform);
}
