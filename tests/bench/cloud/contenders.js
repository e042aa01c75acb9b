// The libraries under test, asked as their manuals do, and what can be measured of any picture of words.
// A drawn word: {text, size, x, y}, x its middle, y its baseline.

const WIDTH = 1600;
const HEIGHT = 900;
const FONT = "Bench";
const contenders = { "d3-cloud": d3Cloud, "wordcloud2.js": wordcloud2 };

/** Lays out words [{text, size}], most frequent first: {ms, stall_ms, drawn}. */
export async function layOut(name, words) {
  Math.random = seeded(1); // the same dice for every layout: as calm as they can be
  const watch = watched();
  const began = performance.now();
  const drawn = await contenders[name](words);
  const ms = performance.now() - began;
  return { ms, stall_ms: await watch.stop(), drawn };
}

function d3Cloud(words) {
  return new Promise((resolve) => {
    d3.layout.cloud().size([WIDTH, HEIGHT]).words(words.map((word) => ({ ...word })))
      .font(FONT).fontWeight(600).fontSize((word) => word.size).rotate(0).padding(2).random(Math.random)
      .on("end", (placed) => resolve(placed.map(({ text, size, x, y }) => ({ text, size, x: x + WIDTH / 2, y: y + HEIGHT / 2 }))))
      .start();
  });
}

function wordcloud2(words) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const drawn = [];
  const context = canvas.getContext("2d");
  const sizes = new Map(words.map(({ text, size }) => [text, size]));
  const draw = context.fillText.bind(context);
  context.fillText = (text, x, y) => { // it tells nobody where exactly it draws
    const place = new DOMPoint(x + context.measureText(text).width / 2, y).matrixTransform(context.getTransform());
    const { actualBoundingBoxAscent: ascent } = context.measureText(text);
    context.textBaseline = "alphabetic";
    const down = (context.measureText(text).actualBoundingBoxAscent - ascent) * context.getTransform().d;
    context.textBaseline = "middle";
    drawn.push({ text, size: sizes.get(text), x: place.x, y: place.y + down });
    draw(text, x, y);
  };
  return new Promise((resolve) => {
    canvas.addEventListener("wordcloudstop", () => resolve(drawn));
    WordCloud(canvas, {
      list: words.map(({ text, size }) => [text, size]), weightFactor: 1, fontFamily: FONT, fontWeight: "600", rotateRatio: 0, shuffle: false,
    });
  });
}

/** Pairs of words that share ink: pixels, not boxes. */
export function overlaps(drawn) {
  const pen = new OffscreenCanvas(WIDTH, HEIGHT).getContext("2d", { willReadFrequently: true });
  const owner = new Int16Array(WIDTH * HEIGHT).fill(-1);
  const pairs = new Set();
  pen.textAlign = "center";
  drawn.forEach(({ text, size, x, y }, index) => {
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    pen.font = `600 ${size}px ${FONT}`;
    pen.fillText(text, x, y);
    const { data } = pen.getImageData(0, 0, WIDTH, HEIGHT);
    for (let pixel = 0; pixel < owner.length; pixel += 1) {
      if (data[pixel * 4 + 3] < 128) continue;
      if (owner[pixel] >= 0) pairs.add(`${owner[pixel]} ${index}`);
      owner[pixel] = index;
    }
  });
  return pairs.size;
}

/** How long nobody else got a turn, at most. */
function watched() {
  const { port1, port2 } = new MessageChannel();
  let last = performance.now();
  let stall_ms = 0;
  let isOver = null;
  port1.onmessage = () => {
    const now = performance.now();
    stall_ms = Math.max(stall_ms, now - last);
    last = now;
    if (isOver) isOver(stall_ms);
    else port2.postMessage(0);
  };
  port2.postMessage(0);
  return { stop: () => new Promise((resolve) => { isOver = resolve; }) };
}

/** mulberry32 */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
