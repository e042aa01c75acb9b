// The tablet follows the event as a phone does, but keeps nothing to be sent later: somebody else stands here then.
import { Connection } from "./connection.js";
import { drawCurtain, isBehind, newsOf, shown } from "./news.js";
import { setClock } from "./phone-clock.js";
import { isWriting, renew, tell } from "./renew.js";
import { reached } from "./sending.js";

let latest = null;
let isUnderway = false;

async function follow() {
  if (isUnderway || Number(shown().locked)) return;
  if (isWriting()) tell(newsOf(latest));
  else if (isBehind(latest)) {
    isUnderway = true;
    await renew().catch(() => {}); // out of reach: the next heartbeat tries again
    isUnderway = false;
  }
}

function hear(message) {
  reached();
  if (message.clock) setClock(message.clock);
  if (!message.heartbeat && message.phase) {
    latest = message;
    drawCurtain(latest);
  }
  if (latest) follow();
}

new Connection({ socket: `${shown().home}/ws`, poll: `${shown().home}/live.json`, poll_ms: 10_000, receive: hear });
