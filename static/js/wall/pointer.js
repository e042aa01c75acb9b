// The mouse is seen only while it moves, and with it the way to the help.

const SEEN_MS = 3_000;

export function hidePointer(wall) {
  let timer = 0;
  addEventListener("pointermove", () => {
    wall.dataset.pointer = "seen";
    clearTimeout(timer);
    timer = setTimeout(() => delete wall.dataset.pointer, SEEN_MS);
  });
}
