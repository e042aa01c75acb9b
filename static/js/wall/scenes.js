// One scene at a time; each is made when it is first needed, and drawn only while it is shown.
import { animate } from "./motion.js";

const APPEAR = [[{ opacity: 0 }, { opacity: 1 }], { duration: 350 }];

export class Scenes {
  #made = new Map();
  #drawn = null;

  /** `kinds(scene)` gives, by name, how to make what draws that element: an object with `show(state, isCalm)`. */
  constructor(wall, kinds) {
    this.wall = wall;
    this.kinds = kinds;
  }

  /** Returns whether it is another picture than before. */
  show(state, isCalm) {
    const wanted = state.phase === "setup" ? "join" : state.scene.name;
    const scenes = [...this.wall.querySelectorAll(".scene")];
    const shown = scenes.find((scene) => scene.dataset.scene === wanted) ?? scenes[0];
    for (const scene of scenes) scene.hidden = scene !== shown;
    const name = shown.dataset.scene;
    Object.assign(this.wall.dataset, { scene: name, phase: state.phase, revealed: state.revealed });
    if (!this.#made.has(name)) this.#made.set(name, this.kinds(shown)[name]?.());
    const key = `${name} ${state.scene.island}`;
    const isOther = key !== this.#drawn;
    this.#made.get(name)?.show(state, isCalm || isOther);
    if (isOther && !isCalm && this.#drawn !== null) animate(shown, ...APPEAR);
    this.#drawn = key;
    return isOther;
  }
}
