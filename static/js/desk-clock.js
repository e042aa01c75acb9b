// Counts the desk's clock down between the server's messages; "5 min mehr" starts from what is shown.

let endsAt = 0; // on performance.now(), while the clock runs
let remaining = 0;
let isRunning = false;

function set(clock) {
  isRunning = clock.running;
  remaining = clock.remaining_s;
  endsAt = performance.now() + remaining * 1000;
  show();
}

function read() {
  const { remaining: seconds, running } = document.querySelector("#desk .time").dataset;
  set({ running: running === "yes", remaining_s: Number(seconds) });
}

function show() {
  if (isRunning) remaining = Math.max(0, Math.round((endsAt - performance.now()) / 1000));
  const time = document.querySelector("#desk [data-time]");
  const text = `${Math.floor(remaining / 60)}:${String(remaining % 60).padStart(2, "0")}`;
  if (time.textContent !== text) time.textContent = text;
  time.closest(".time").classList.toggle("over", remaining === 0);
  for (const field of document.querySelectorAll("#desk input[data-offset]")) {
    field.value = Math.max(0, remaining + Number(field.dataset.offset));
  }
}

document.addEventListener("clock", ({ detail }) => set(detail));
document.addEventListener("htmx:afterSwap", read);
setInterval(show, 250);
read();
