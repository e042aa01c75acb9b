// Says once, politely, that the wall shows something newer; nothing that is being read changes by itself.
const PAUSE_MS = 30_000;
const { version, state } = document.querySelector("[data-version]").dataset;
const news = document.getElementById("news");

const timer = setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch(state, { headers: { "If-None-Match": `"${version}"` }, cache: "no-store" }).catch(() => null);
  if (answer?.status !== 200) return;
  news.textContent = news.dataset.news;
  news.classList.add("notice");
  clearInterval(timer);
}, PAUSE_MS);
