// A struck bowl, made of a few tones that fade. Browsers let a page sound only after a key or a click.
import { recall, remember } from "./remembered.js";

const TONES = [[174, 0.5, 5], [349, 0.25, 3.5], [468, 0.16, 2.5], [702, 0.07, 1.5]]; // Hz, loudness, seconds
const BETWEEN_S = 1.4;

export class Gong {
  isOn = recall("wall-gong") !== "off";
  #sound = null;

  constructor() {
    for (const gesture of ["keydown", "pointerdown"]) addEventListener(gesture, () => this.#allow());
  }

  turn() {
    this.isOn = !this.isOn;
    remember("wall-gong", this.isOn ? "on" : "off");
    if (this.isOn) this.strike(1);
  }

  /** Now or never: what the browser does not allow yet is not made up for later. */
  strike(times) {
    if (!this.isOn || this.#sound?.state !== "running") return;
    for (let time = 0; time < times; time += 1) {
      for (const tone of TONES) this.#ring(tone, this.#sound.currentTime + time * BETWEEN_S);
    }
  }

  #allow() {
    this.#sound ??= new AudioContext();
    if (this.#sound.state === "suspended") this.#sound.resume().catch(() => {});
  }

  #ring([pitch, loudness, length_s], at) {
    const tone = new OscillatorNode(this.#sound, { frequency: pitch });
    const volume = new GainNode(this.#sound, { gain: 0 });
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + length_s);
    tone.connect(volume).connect(this.#sound.destination);
    tone.start(at);
    tone.stop(at + length_s);
  }
}
