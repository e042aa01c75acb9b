// When something may move: after a pause everything is simply there, and never for those who want no motion.

const less = matchMedia("(prefers-reduced-motion: reduce)");
const isStill = () => less.matches || document.documentElement.dataset.calm === "on";

export function animate(element, frames, options) {
  if (!isStill()) element.animate(frames, { easing: "cubic-bezier(0.2, 0.8, 0.3, 1)", ...options });
}

export class Calm {
  #isDue = true; // the first picture does not move in

  constructor() {
    document.addEventListener("visibilitychange", () => this.after());
  }

  /** The next picture comes after a pause. */
  after() {
    this.#isDue = true;
  }

  take() {
    const isCalm = this.#isDue || document.hidden;
    this.#isDue = false;
    return isCalm;
  }
}

/** Out, `change()`, and in again. */
export function fade(element, change) {
  if (isStill() || document.hidden) return change();
  element.animate([{ opacity: 1 }, { opacity: 0 }], { duration: 500 }).onfinish = () => {
    change();
    element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 500 });
  };
}

/** Numbers that were covered come up one island after the other. */
export function unveil(scene) {
  [...scene.querySelectorAll(".island")].forEach((island, place) => {
    for (const part of island.querySelectorAll(".answers, .extent, .coverage")) {
      animate(part, [{ opacity: 0, transform: "translateY(0.4rem)" }, { opacity: 1, transform: "none" }],
        { duration: 900, delay: 90 * place, fill: "backwards" });
    }
  });
}
