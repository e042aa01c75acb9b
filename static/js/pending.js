// Shows at its own place what is kept on the phone and not acknowledged yet: on the offer, below the card's form.
import { entries, isOnItsWay, isSlow, placeOf, put, undelivered } from "./outbox.js";
import { renew, whenFresh } from "./renew.js";
import { nextSequence } from "./sending.js";

const RENEW_MS = 2_000;
const words = document.getElementById("pending").dataset;
const bar = () => document.getElementById("bar").dataset;
const copyOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const isHere = (entry) => `/e/${placeOf(entry)[0]}` === bar().home;
const by = { dots: paintDot, cards: paintText, words: paintText, supports: paintSupport };
let isRenewing = false;
let isOwed = false; // a fresh page, since something on it arrived

export function paint() {
  const kept = entries().filter(isHere);
  const keys = kept.map(({ key }) => key);
  const marks = [...document.querySelectorAll("main [data-entry]")];
  for (const each of marks) if (keys.includes(each.dataset.entry)) each.closest("li.pending")?.remove(); // drawn anew, in order
  for (const entry of kept.filter(isSlow)) by[placeOf(entry)[1]]?.(entry);
  if (marks.some(({ dataset }) => !keys.includes(dataset.entry))) refresh();
  const lost = undelivered().filter(isHere);
  if (lost.length) import("./undelivered.js").then(({ show }) => show(lost), () => {});
  say(kept.filter((entry) => !isOnItsWay(entry)).length);
}

/** What arrived meanwhile is shown as the server has it. */
async function refresh() {
  isOwed = true;
  if (isRenewing) return;
  isRenewing = true;
  await renew().catch(() => {});
  isRenewing = false;
  if (isOwed) setTimeout(refresh, RENEW_MS);
}

function say(count) {
  const line = document.getElementById("pending");
  const text = count ? (count === 1 ? words.one : words.many).replace("{n}", count) : navigator.onLine === false ? words.offline : "";
  line.hidden = text === "";
  const place = line.querySelector("span");
  if (place.textContent !== text) place.textContent = text;
}

function mark({ key, isStored }, text = isStored ? words.kept : words.open) {
  const line = copyOf("pending-line");
  line.dataset.entry = key;
  line.querySelector("span").textContent = text;
  return line;
}

function paintDot(entry) {
  const { offer, knows } = entry.fields;
  const article = document.getElementById(`offer-${offer}`);
  if (!article) return;
  for (const name of ["yes", "no"]) article.querySelector(`.dot.${name}`).setAttribute("aria-pressed", String(name === knows));
  const after = article.querySelector(".after");
  const hadFocus = after.contains(document.activeElement);
  const withdraw = after.querySelector(".withdraw") ?? copyOf("pending-withdraw");
  after.replaceChildren(mark(entry), ...(knows === "withdraw" ? [] : [withdraw]));
  if (hadFocus) (withdraw.isConnected ? withdraw : article.querySelector(".dot")).focus({ preventScroll: true });
}

function paintText(entry) {
  const [, noun, submission] = placeOf(entry);
  const { text, island } = entry.fields;
  if (entry.path.endsWith("/withdrawal")) {
    const own = document.querySelector(`form[action$="/${submission}/withdrawal"]`);
    if (own) own.replaceChildren(mark(entry, words.withdrawn));
    return;
  }
  const list = document.querySelector(noun === "words" ? "#words ul.waiting" : "#cards ul.waiting");
  if (!list || isOnItsWay(entry) || (noun === "cards" && island !== bar().island)) return;
  const item = copyOf("pending-card");
  item.querySelector(".words").textContent = text;
  item.querySelector(".after").prepend(mark(entry));
  item.querySelector("button").addEventListener("click", () => takeBack(entry, submission));
  list.append(item);
}

/** It may have arrived without an answer: then this takes it back, else nothing is there to be taken back. */
function takeBack({ key, path, epoch, label }, submission) {
  put(key, { path: `${path}/${submission}/withdrawal`, fields: {}, at: nextSequence(), epoch, label, until: 0 });
  paint();
  document.dispatchEvent(new Event("outbox:hope"));
}

function paintSupport(entry) {
  for (const button of document.querySelectorAll(`.support [hx-post$="/cards/${placeOf(entry)[2]}/support"]`)) {
    button.closest(".support").replaceChildren(mark(entry));
  }
}

for (const name of ["storage", "online", "offline"]) addEventListener(name, paint);
document.addEventListener("outbox:delivered", refresh);
for (const name of ["page:renewed", "page:patched"]) document.addEventListener(name, () => { isOwed = false; });
for (const name of ["outbox:changed", "page:patched"]) document.addEventListener(name, paint);
document.addEventListener("visibilitychange", () => { if (!document.hidden) paint(); });
whenFresh(paint);

