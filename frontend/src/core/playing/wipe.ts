/** A window that the house no longer knows keeps nothing of what it showed. */

import { clear } from "../shelf";
import { HELD } from "./files";

/** This will drop manifest, plays, files and the player's page; the build stays, so that the house block does. */
export async function wipe(): Promise<void> {
  await clear();
  if (!("caches" in globalThis)) return;
  await caches.delete(HELD);
  for (const name of await caches.keys()) {
    if (name.startsWith("windows-")) await forgetPages(await caches.open(name));
  }
}

async function forgetPages(cache: Cache): Promise<void> {
  for (const request of await cache.keys()) {
    if (/^\/windows\/[\w-]+\/$/.test(new URL(request.url).pathname)) await cache.delete(request, { ignoreVary: true });
  }
}
