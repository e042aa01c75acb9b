// When something may move: after a pause everything is simply there, and never for those who want no motion.

const less = matchMedia("(prefers-reduced-motion: reduce)");

export function animate(element, frames, options) {
  if (!less.matches) element.animate(frames, { easing: "cubic-bezier(0.2, 0.8, 0.3, 1)", ...options });
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
  if (less.matches || document.hidden) return change();
  element.animate([{ opacity: 1 }, { opacity: 0 }], { duration: 500 }).onfinish = () => {
    change();
    element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 500 });
  };
}
