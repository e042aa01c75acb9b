// Served as /worker.js?VERSION, for /e/ alone: the network first, and what the phone kept when there is none.
const NAME = `phone ${location.search.slice(1)}`;
const PAGE = /^\/e\/[^/]+(\/(\d+|notes))?$/;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const forgetOthers = async () => {
    for (const name of await caches.keys()) if (name.startsWith("phone ") && name !== NAME) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(forgetOthers());
});

/** Ours and not the sign-in page of a guest network: nobody else sends this policy. */
const isOurs = (answer) => answer.ok && !answer.redirected && answer.headers.get("Content-Security-Policy")?.includes("worker-src");

async function page(request, path) {
  const cache = await caches.open(NAME);
  let answer;
  try {
    answer = await fetch(request);
  } catch (error) {
    const kept = await cache.match(path);
    if (kept) return kept;
    throw error;
  }
  if (isOurs(answer)) await cache.put(path, answer.clone());
  else if ([404, 410].includes(answer.status)) await cache.delete(path);
  return answer;
}

// without opening the cache, which would bring back an empty one after the event
const asset = async (request) => (await caches.match(request, { ignoreVary: true, cacheName: NAME })) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && PAGE.test(pathname)) {
    if (!search) event.respondWith(page(request, pathname));
  } else if (pathname.startsWith("/static/")) event.respondWith(asset(request));
});
