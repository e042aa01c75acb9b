// What draws each scene, by its name.
import { Board } from "./board.js";
import { Cards } from "./cards.js";
import { CardWall } from "./cardwall.js";
import { Cloud } from "./cloud.js";
import { KeySentence } from "./keysentence.js";
import { Ranking } from "./ranking.js";

const CARDS = { most: 4, shape: 3, isIslandKnown: true }; // beside an island
const together = (...parts) => ({ show: (...what) => { for (const part of parts) part.show(...what); } });
const ofIsland = (cards) => (state) => state[cards].filter((card) => card.island === state.island?.number);
const shown = ({ island }) => [island].filter(Boolean);
const supported = ({ best }) => best.filter((card) => card.supports > 0).sort((one, other) => other.supports - one.supports);

/** Made when it is needed; `ranking` is the list beside the cloud. In the states they show, `island` is the one of the scene. */
export const stage = (scene, ranking) => ({
  overview: () => new Board(scene, (state) => state.islands),
  island: () => together(new Board(scene, shown), new Cards(scene, { ...CARDS, of: ofIsland("cards") })),
  harvest: () => together(
    new Board(scene, shown), new KeySentence(scene), new Cards(scene, { ...CARDS, most: 3, of: ofIsland("best"), isRanked: true })),
  cards: () => new CardWall(scene),
  top: () => new Cards(scene, { most: 6, of: supported, isRanked: true }),
  cloud: () => together(new Cloud(scene), new Ranking(ranking)),
});
