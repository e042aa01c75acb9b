// An island's harvest: which one it is, and what its host says is to be kept.
import { tell, write } from "./values.js";

const SIZES_REM = [2.8, 2.3, 1.9, 1.6, 1.35, 1.15, 1];
const SHARE = 0.34; // of the scene's height, and less where that is higher than wide

export class KeySentence {
  constructor(scene) {
    this.scene = scene;
    this.which = scene.querySelector(".which");
    this.figure = scene.querySelector(".key-sentence");
    this.text = scene.querySelector("blockquote");
  }

  show(state) {
    const { island } = state;
    if (!island) return;
    tell(this.which, { n: island.number, all: state.islands.length });
    this.figure.hidden = !island.key_sentence;
    write(this.text, island.key_sentence ?? "");
    if (!this.figure.hidden) this.#letter();
  }

  #letter() {
    const { clientWidth: width, clientHeight: height } = this.scene;
    const most = SHARE * Math.min(height, 0.9 * width);
    for (const size of SIZES_REM) {
      this.text.style.fontSize = `${size}rem`;
      const { scrollWidth, clientWidth } = this.text;
      if (this.figure.offsetHeight <= most && scrollWidth <= clientWidth) return;
    }
  }
}
