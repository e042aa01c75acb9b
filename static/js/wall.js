// The wall: the newest state wins, and only the scene that is shown is drawn.
import { Connection } from "./connection.js";
import { Age } from "./wall/age.js";
import { Board } from "./wall/board.js";
import { Cards } from "./wall/cards.js";
import { Clock } from "./wall/clock.js";
import { Cloud } from "./wall/cloud.js";
import { listenToKeys } from "./wall/keys.js";
import { Calm } from "./wall/motion.js";
import { Scenes } from "./wall/scenes.js";
import { fill } from "./wall/values.js";

const wall = document.getElementById("wall");
const age = new Age(wall.querySelector(".age"));
const clock = new Clock(wall.querySelector(".clock"));
const calm = new Calm();
const scenes = new Scenes(wall, (scene) => ({
  overview: () => new Board(scene, (state) => state.islands),
  island: () => new Board(scene, islandOfScene),
  harvest: () => {
    const board = new Board(scene, islandOfScene);
    const cards = new Cards(scene, { most: 6, of: cardsOfScene });
    return { show: (state, isCalm) => (board.show(state, isCalm), cards.show(state, isCalm)) };
  },
  cards: () => new Cards(scene, { most: 12, of: (state) => state.cards }),
  top: () => new Cards(scene, { most: 6, of: mostSupported, isRanked: true }),
  cloud: () => new Cloud(scene),
}));

let shown = { version: -1 };

function show(state, isCalm) {
  fill(wall, {
    ...state,
    joined: Math.max(state.devices, state.phones),
    hasResults: state.scene.name === "thanks" && state.phase === "closed" && state.revealed,
    dots: state.revealed ? state.totals.yes + state.totals.no : null,
  });
  scenes.show(state, isCalm);
}

function receive(message) {
  age.heard();
  if (message.clock && message.version >= shown.version) clock.set(message.clock);
  if (message.heartbeat && message.phones !== shown.phones && shown.version >= 0) {
    shown = { ...shown, phones: message.phones ?? shown.phones };
    show(shown, true);
  }
  if (message.heartbeat || message.version <= shown.version) return;
  shown = message;
  show(message, calm.take());
}

function islandOfScene({ islands, scene }) {
  return [islands.find((island) => island.number === scene.island) ?? islands[0]].filter(Boolean);
}

function cardsOfScene(state) {
  const [island] = islandOfScene(state);
  return state.cards.filter((card) => card.island === island?.number);
}

function mostSupported({ cards }) {
  return cards.filter((card) => card.supports > 0).sort((one, other) => other.supports - one.supports);
}

const connection = new Connection({
  socket: `${wall.dataset.at}/live/ws`,
  poll: `${wall.dataset.at}/live.json`,
  poll_ms: 3_000,
  receive,
  opened: () => calm.after(),
});
age.watch(connection);
listenToKeys(wall);
addEventListener("resize", () => shown.version < 0 || show(shown, true));
document.fonts.ready.then(() => shown.version < 0 || show(shown, true));
