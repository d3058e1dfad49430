// The worker of a screen: files of the build from the cache first, its pages from the network first.
// Data is not its business (the page keeps its own, with its time), and nothing personal passes here.
"use strict";

const PATIENCE_MS = 4000;
const PAGES = new RegExp(FACTS.pages);
const HELD = `${FACTS.name}-held`;
const STAND_INS = { "": FACTS.page, ...FACTS.in_language };
const SPOKEN = `${FACTS.page}language`;
let spoken = "";

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => self.clients.claim()));
});

// The page asks when nobody is using it; until then the old build goes on.
self.addEventListener("message", (event) => {
  if (event.data === "now") self.skipWaiting();
  if (event.data === "renew") event.waitUntil(renewStandIns());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  // What a form sends is never kept; but where it cannot be sent, the page that stands in says so.
  if (request.method === "POST" && request.mode === "navigate" && PAGES.test(path)) event.respondWith(sent(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && PAGES.test(path)) event.respondWith(page(request));
  else if (FACTS.files.includes(path)) event.respondWith(file(request, FACTS.cache));
  else if (FACTS.held && path.startsWith(FACTS.held)) event.respondWith(file(request, HELD));
});

async function fill() {
  const cache = await caches.open(FACTS.cache);
  await cache.addAll([...standIns(), ...FACTS.files]);
  // Asked for a second time, a page of somebody's visit would write over what the visit has come to meanwhile.
  if (!FACTS.visited) await Promise.all((await open()).map((url) => renew(cache, url)));
}

function standIns() {
  const credentials = FACTS.as_nobody ? "omit" : "same-origin";
  return Object.values(STAND_INS).map((url) => new Request(url, { credentials, cache: "no-cache" }));
}

async function renewStandIns() {
  const cache = await caches.open(FACTS.cache);
  await Promise.all(standIns().map((one) => renew(cache, one).catch(() => undefined)));
}

// The page that stands in speaks as the last page did that came by the line. A worker sleeps and forgets,
// so this is written down; the language is all that it says.
async function noteLanguage(cache, fresh) {
  const language = fresh.headers.get("Content-Language") ?? "";
  if (FACTS.in_language && language && language !== spoken) await cache.put(SPOKEN, new Response((spoken = language)));
}

async function standsIn(cache) {
  spoken ||= (await (await cache.match(SPOKEN))?.text()) ?? "";
  return (await cache.match(STAND_INS[spoken] ?? FACTS.page, { ignoreVary: true })) ?? Response.error();
}

// The pages that are open already came before the worker did.
async function open() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.map((one) => one.url).filter((url) => PAGES.test(new URL(url).pathname));
}

async function renew(cache, request) {
  const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const isPublic = !(fresh.headers.get("Cache-Control") ?? "").includes("no-store");
  if (fresh.ok && !fresh.redirected && isPublic) await cache.put(request, fresh.clone());
  return fresh;
}

async function forgetOlder() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(`${FACTS.name}-`) && ![FACTS.cache, HELD].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function page(request) {
  const cache = await caches.open(FACTS.cache);
  try {
    const fresh = await renew(cache, request);
    if (fresh.status < 500) {
      await noteLanguage(cache, fresh);
      return fresh;
    }
  } catch {
    // No network: what was kept follows.
  }
  // This language and theme if they were ever shown, else the page as it stands by itself.
  const kept =
    (await cache.match(request, { ignoreVary: true })) ??
    (await cache.match(request, { ignoreVary: true, ignoreSearch: true }));
  return kept ?? standsIn(cache);
}

async function sent(request) {
  try {
    return await fetch(request);
  } catch {
    return standsIn(await caches.open(FACTS.cache));
  }
}

async function file(request, name) {
  const cache = await caches.open(name);
  return (await cache.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}
