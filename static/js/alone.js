// Lets one tab of this browser do a thing at a time. Where there are no locks (plain HTTP), a tab claims the
// work for a moment; the server counts everything once in any case.
const CLAIM = "outbox-claim";
const CLAIM_MS = 12_000;
const SETTLED_MS = 40; // two tabs that claim in the same moment both see then who was last
const tab = String(Math.random());

export async function alone(work) {
  if (navigator.locks) return navigator.locks.request(CLAIM, { ifAvailable: true }, (lock) => lock && work());
  try {
    const [owner, until] = (localStorage.getItem(CLAIM) ?? " 0").split(" ");
    const left_ms = Number(until) - Date.now();
    if (owner !== tab && left_ms > 0 && left_ms <= CLAIM_MS) return undefined; // more: the clock was set back
    localStorage.setItem(CLAIM, `${tab} ${Date.now() + CLAIM_MS}`);
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    if (!localStorage.getItem(CLAIM).startsWith(`${tab} `)) return undefined;
  } catch { /* nothing is shared with another tab where storage is forbidden */ }
  try {
    return await work(() => claimOn());
  } finally {
    release();
  }
}

function claimOn() {
  try {
    localStorage.setItem(CLAIM, `${tab} ${Date.now() + CLAIM_MS}`);
  } catch { /* see above */ }
}

function release() {
  try {
    if (localStorage.getItem(CLAIM)?.startsWith(`${tab} `)) localStorage.removeItem(CLAIM);
  } catch { /* see above */ }
}

addEventListener("pagehide", release);
