// What the keys do; the help tells them (templates/live/_keys.html).
import { Typed } from "./typed.js";
import { islandScene, leap, sceneOf, step } from "./walk.js";

const LETTERS = { m: "join", u: "overview", i: "island", k: "cards", v: "top", e: "harvest", w: "cloud", d: "thanks" };
const TOLD_MS = 2_500;
const root = document.documentElement;

/** `where()` gives the scene on show and the islands' numbers, {scene, islands}; null before the first state. */
export function listenToKeys(wall, { where, steering, looks, gong }) {
  const dialog = wall.querySelector("dialog.keys");
  const telling = wall.querySelector(".told");
  const begin = () => ({ ...where(), scene: steering.from(where().scene) });
  const walk = (how, by) => () => steering.show(how(begin().scene, begin().islands, by));
  const typed = new Typed({
    take: (number) => steering.show(islandScene(begin().scene, number)),
    told: (text) => tell("island", text),
  });
  const help = () => (dialog.open ? dialog.close() : dialog.showModal());
  const enlarge = (steps) => () => tell("textSize", looks.size(steps).toLocaleString(root.lang));
  const actions = {
    arrowright: walk(step, 1), arrowleft: walk(step, -1), pagedown: walk(step, 1), pageup: walk(step, -1),
    arrowdown: walk(leap, 1), arrowup: walk(leap, -1),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    t: () => looks.turnTheme(),
    c: () => tell(looks.turnCalm() ? "calmOn" : "calmOff"),
    g: () => (gong.turn(), tell(gong.isOn ? "gongOn" : "gongOff")),
    h: () => steering.follow(),
    "+": enlarge(1), "-": enlarge(-1), "−": enlarge(-1), "0": enlarge(0),
    "?": help,
  };
  for (const [letter, name] of Object.entries(LETTERS)) {
    actions[letter] = () => steering.show(sceneOf(name, begin().scene, begin().islands));
  }

  let timer = 0;
  function tell(what, n = "") {
    telling.textContent = telling.dataset[what].replace("{n}", n);
    clearTimeout(timer);
    timer = setTimeout(() => { telling.textContent = ""; }, TOLD_MS);
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !where()) return;
    const key = event.key.toLowerCase();
    if (dialog.open && key !== "?") return; // the help is read, not played
    const isTaken = /^\d$/.test(key) && typed.type(key, where().islands);
    if (!isTaken) actions[key]?.();
    if (isTaken || key in actions) event.preventDefault();
  });
  wall.querySelector(".hint").addEventListener("click", help);
}
