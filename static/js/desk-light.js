// The desk's traffic light: what the server said of itself, counted on by the second; grey once it says nothing.

const LOST_MS = 3000; // a socket that comes back at once is nobody's concern
const light = document.getElementById("light"); // none at an island
const trouble = document.getElementById("trouble");

let told = null; // the last light, and when it came
let at = performance.now();

const dashed = (name) => name.replaceAll("_", "-");
const text = (name) => light.getAttribute(`data-${dashed(name)}`) ?? "";
const ago = (s) => (s < 60 ? `${s} s` : s < 5400 ? `${Math.floor(s / 60)} min` : `${Math.floor(s / 3600)} h`);
const since = (name, s, passed) => (s === null ? "" : text(name).replace("{ago}", ago(s + passed)));

function draw(state, parts) {
  light.className = `light ${state}`;
  [...light.children].forEach((part, n) => {
    if (part.textContent !== parts[n]) part.textContent = parts[n];
  });
}

/** Takes a light as the news bring it. */
export function show(news) {
  told = news;
  at = performance.now();
  render();
}

function say(message) {
  if (trouble.textContent !== message) trouble.textContent = message;
  trouble.hidden = !message;
}

function render() {
  if (!told) return;
  const passed = Math.floor((performance.now() - at) / 1000);
  const { state, reasons: [worst], vote_s: vote, devices, backup_s: backup } = told;
  draw(state, [
    text(worst ?? "green"),
    vote === null ? text("no-vote") : since("vote", vote, passed),
    devices === null ? "" : devices === 1 ? text("device") : text("devices").replace("{n}", devices),
    since("backup", backup, passed),
  ]);
  say(state === "red" ? text(`trouble-${worst}`) : "");
}

/** Grey while the connection is lost: nothing is known then. */
export function whenLost(connection) {
  if (!light) return;
  setInterval(() => {
    const { lostAt } = connection;
    if (lostAt === null || Date.now() - lostAt < LOST_MS) return render();
    const passed = performance.now() - at; // since the last word, or since the page was opened
    draw("lost", [text("lost").replace("{ago}", ago(Math.floor(passed / 1000))), "", "", ""]);
    say("");
  }, 1000);
}
