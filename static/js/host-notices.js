// Says when an island's desk is cut off, and when a tap was lost.
import { whenAnswered } from "./desk-acts.js";

const LOST_MS = 2000; // a socket that comes back at once is nobody's concern
const LOOKING_MS = 500;

const offline = document.getElementById("offline");
const lostTap = document.getElementById("lost-tap");

export function watch(connection) {
  setInterval(() => {
    offline.hidden = connection.lostAt === null || Date.now() - connection.lostAt < LOST_MS;
  }, LOOKING_MS);
}

whenAnswered(({ xhr }, isAct) => {
  if (isAct) lostTap.hidden = xhr.status !== 0;
});
