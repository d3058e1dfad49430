// The wall's worker: files of the build from the cache first, the page from the network first.
// Data is not its business (the page keeps its own, with its time), and nothing personal passes here.
"use strict";

const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => self.clients.claim()));
});

// The page asks when nobody is using it; until then the old build goes on.
self.addEventListener("message", (event) => {
  if (event.data === "now") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && path === FACTS.page) event.respondWith(page(request));
  else if (FACTS.files.includes(path)) event.respondWith(file(request));
});

async function fill() {
  const cache = await caches.open(FACTS.cache);
  await cache.addAll([FACTS.page, ...FACTS.files]);
}

async function forgetOlder() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("wall-") && name !== FACTS.cache);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function page(request) {
  const cache = await caches.open(FACTS.cache);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (fresh.ok && !fresh.redirected) await cache.put(request, fresh.clone());
    if (fresh.status < 500) return fresh;
  } catch {
    // No network: what was kept follows.
  }
  // This language and theme if they were ever shown, else the wall as it stands by itself.
  const kept = (await cache.match(request, { ignoreVary: true })) ?? (await cache.match(FACTS.page, { ignoreVary: true }));
  return kept ?? Response.error();
}

async function file(request) {
  const cache = await caches.open(FACTS.cache);
  return (await cache.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}
