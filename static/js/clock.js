// Counts the remaining time down between the server's words, on a clock that nobody can set wrong.
let known = { running: false, remaining_s: 0 };
let since = 0;

export function setClock(clock) {
  known = clock;
  since = performance.now();
  show();
}

function show() {
  const left = document.querySelector("#clock .left");
  if (!left) return;
  const passed_s = known.running ? (performance.now() - since) / 1000 : 0;
  const remaining_s = Math.max(0, Math.round(known.remaining_s - passed_s));
  const text = `${Math.floor(remaining_s / 60)}:${String(remaining_s % 60).padStart(2, "0")}`;
  if (left.textContent !== text) left.textContent = text;
}

function fromPage() {
  const clock = document.getElementById("clock");
  if (!clock) return;
  setClock({ running: clock.dataset.running === "true", remaining_s: Number(clock.dataset.remainingS) });
}

fromPage();
document.addEventListener("page:renewed", fromPage);
setInterval(show, 250);
