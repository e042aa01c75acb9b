// What was tapped or written and is not acknowledged yet, kept on the phone until it is. Each offer, card and
// word has a place of its own, so the newest tap replaces an older one and two tabs never overwrite each other.
export const PATIENCE_MS = 10_000; // for an answer; longer than that, and the line is as good as dead
const IN_FLIGHT_MS = PATIENCE_MS + 2_000; // then nobody waits for it any more, not even in another tab
export const SLOW_MS = 1_500; // until what is on its way is said to be kept
const SENT = "outbox ";
const UNDELIVERED = "undelivered ";
const LONGEST_MS = 60_000; // nothing is on its way for longer: the clock was set back meanwhile
const unstored = new Map(); // where storage is forbidden or full: as long as the page lives, and newer than what is stored

function all(prefix) {
  const found = new Map();
  try {
    for (const key of Object.keys(localStorage)) found.set(key, localStorage.getItem(key));
  } catch { /* the map has them */ }
  for (const [key, text] of unstored) found.set(key, text);
  return [...found].filter(([key]) => key.startsWith(prefix)).flatMap(read).sort((one, other) => one.at - other.at);
}

/** None for what can't be read: it must not hold up the others. */
function read([key, text]) {
  try {
    return [{ key, isStored: !unstored.has(key), ...JSON.parse(text) }];
  } catch {
    return [];
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    unstored.delete(key);
  } catch {
    unstored.set(key, JSON.stringify(value));
  }
}

function remove(key) {
  unstored.delete(key);
  try {
    localStorage.removeItem(key);
  } catch { /* it was never there */ }
}

/** Where a request has its place: "outbox CODE dots OFFER", "outbox CODE cards SUBMISSION" and so on. */
export function keyOf(path, fields) {
  const [, , code, noun, id, act] = path.split("/");
  const place = id ?? (noun === "dots" ? fields.offer : fields.submission);
  return `${SENT}${code} ${act === "support" ? "supports" : noun} ${place}`;
}

/** [code, noun, place] of an entry. */
export const placeOf = ({ key }) => key.split(" ").slice(1);

/** All that is to be sent, oldest first: {key, isStored, path, fields, at, epoch, label, until}. `at` rises on this
    device; `until` is when a request that is on its way can be given up. */
export const entries = () => all(SENT).filter(({ fields }) => fields);
export const undelivered = () => all(UNDELIVERED);

/** Those that nobody is sending at this moment. */
export const waiting = () => entries().filter((entry) => !isOnItsWay(entry));

export const isOnItsWay = ({ until }) => until > Date.now() && until <= Date.now() + LONGEST_MS;

/** What `until` is of a request that starts now. */
export const deadline = () => Date.now() + IN_FLIGHT_MS;

/** It is not acknowledged, and has been on its way for long if at all. */
export const isSlow = (entry) => !isOnItsWay(entry) || Date.now() - (entry.until - IN_FLIGHT_MS) > SLOW_MS;

export const put = (key, entry) => write(key, entry);

/** Whether it is still the same one: nothing newer took its place, and nobody else delivered it. */
export const isCurrent = ({ key, at }) => entries().some((entry) => entry.key === key && entry.at === at);

export function forget(entry) {
  if (isCurrent(entry)) remove(entry.key);
}

/** It will never be taken: what it said is kept for its sender to read and copy. */
export function giveUp(entry, reason) {
  const { key, at, label } = entry;
  if (!isCurrent(entry)) return;
  if (label) write(UNDELIVERED + key.slice(SENT.length), { at, label, reason, isText: "text" in entry.fields });
  remove(key);
}

export const dismiss = (key) => remove(key);
