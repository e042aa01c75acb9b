// The wall: the newest state wins, and only the scene that is shown is drawn.
import { Connection } from "./connection.js";
import { Age } from "./wall/age.js";
import { Clock } from "./wall/clock.js";
import { Gong } from "./wall/gong.js";
import { listenToKeys } from "./wall/keys.js";
import { Looks } from "./wall/looks.js";
import { Calm, unveil } from "./wall/motion.js";
import { losses } from "./wall/losses.js";
import { hidePointer } from "./wall/pointer.js";
import { Scenes } from "./wall/scenes.js";
import { stage } from "./wall/stage.js";
import { Steering } from "./wall/steering.js";
import { fill } from "./wall/values.js";

const wall = document.getElementById("wall");
const age = new Age(wall.querySelector(".age"));
const gong = new Gong();
const clock = new Clock(wall.querySelector(".clock"), gong);
const calm = new Calm();
const steering = new Steering({ address: wall.dataset.steers, changed: redraw });
const scenes = new Scenes(wall, (scene) => stage(scene, wall.querySelector(".ranking")));
let shown = { version: -1 };
const looks = new Looks({ losses: () => losses(wall), redraw: () => shown.version < 0 || draw(true) });

/** Whether it is another picture than before. */
function draw(isCalm) {
  const state = steering.over(shown);
  const island = state.islands.find(({ number }) => number === state.scene.island) ?? state.islands[0];
  fill(wall, {
    ...state,
    own: steering.isOwn,
    steers: steering.isForAll,
    joined: Math.max(state.devices, state.phones),
    hasResults: state.scene.name === "thanks" && state.phase === "closed" && state.revealed,
    dots: state.revealed ? state.totals.yes + state.totals.no : null,
  });
  return scenes.show({ ...state, island }, isCalm);
}

function redraw() {
  if (shown.version < 0) return;
  draw(true);
  looks.settle();
}

function receive(message) {
  age.heard();
  if (message.clock && message.version >= shown.version) clock.set(message.clock);
  if (message.heartbeat && message.phones !== shown.phones && shown.version >= 0) {
    shown = { ...shown, phones: message.phones ?? shown.phones };
    draw(true);
  }
  if (message.heartbeat || message.version <= shown.version) return;
  const isRevealed = shown.revealed === false && message.revealed;
  shown = message;
  const isCalm = calm.take();
  if (draw(isCalm)) looks.settle();
  if (isRevealed && !isCalm) unveil(wall);
}

const connection = new Connection({
  socket: `${wall.dataset.at}/live/ws`,
  poll: `${wall.dataset.at}/live.json`,
  poll_ms: 3_000,
  receive,
  opened: () => calm.after(),
});
age.watch(connection);
listenToKeys(wall, {
  where: () => (shown.version < 0 ? null : { scene: steering.over(shown).scene, islands: shown.islands.map(({ number }) => number) }),
  steering, looks, gong,
});
hidePointer(wall);
addEventListener("resize", redraw);
document.fonts.ready.then(redraw);
