// Says when a desk is cut off or signed out, and when a tap was lost.
import { whenAnswered } from "./desk-acts.js";

const LOST_MS = 2000; // a socket that comes back at once is nobody's concern
const LOOKING_MS = 500;

const offline = document.getElementById("offline");
const signedOut = document.getElementById("signed-out"); // none at an island: its news is everybody's
const lostTap = document.getElementById("lost-tap");

export function watch(connection) {
  let isAsking = false;

  async function ask() {
    isAsking = true;
    const answer = await fetch(document.getElementById("desk").dataset.news, { cache: "no-store" }).catch(() => null);
    signedOut.hidden = answer?.status !== 403;
    isAsking = false;
  }

  setInterval(() => {
    const isLost = connection.lostAt !== null && Date.now() - connection.lostAt >= LOST_MS;
    if (signedOut && !isLost) signedOut.hidden = true;
    else if (signedOut?.hidden && !isAsking) ask();
    offline.hidden = !isLost || signedOut?.hidden === false;
  }, LOOKING_MS);
}

whenAnswered(({ xhr }, isAct) => {
  if (isAct) lostTap.hidden = xhr.status !== 0;
});
