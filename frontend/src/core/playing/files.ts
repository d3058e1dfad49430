/** The files of a manifest: fetched and proved before anything of it is shown. */

import type { FileFact } from "./manifest";

/** The worker (web/shared/worker.js) answers from here: `<surface>-held`. */
export const HELD = "windows-held";

/** A file came that is not the one the manifest names. */
export class Corrupt extends Error {}

/** Whether this page may use what proves a file (SubtleCrypto) and what keeps it (Cache Storage): https or loopback. */
export function isSecure(): boolean {
  return typeof globalThis.crypto?.subtle === "object" && "caches" in globalThis;
}

/** This will have every file here and proved. Raises Corrupt, or the network's error; what is here stays here. */
export async function gather(files: FileFact[]): Promise<void> {
  const held = isSecure() ? await caches.open(HELD) : null;
  for (const file of files) {
    if (await held?.match(file.url)) continue;
    // Past the browser's own cache: a spoilt copy there would spoil every new try.
    const response = await fetch(file.url, { cache: held ? "no-store" : "reload", credentials: "same-origin" });
    if (!response.ok) throw new Error(`${file.url}: ${response.status}`);
    const bytes = await response.arrayBuffer();
    if (!(await isWhole(bytes, file))) throw new Corrupt(file.sha256);
    await held?.put(file.url, new Response(bytes, { headers: { "Content-Type": file.type } }));
  }
}

/** This will prove a file by its hash; where the browser does not hash (plain http), by its length alone. */
export async function isWhole(bytes: ArrayBuffer, file: FileFact): Promise<boolean> {
  if (bytes.byteLength !== file.bytes) return false;
  const subtle = globalThis.crypto?.subtle;
  return !subtle || hex(await subtle.digest("SHA-256", bytes)) === file.sha256;
}

/** This will give back the room of files no manifest names any more. */
export async function tidy(files: FileFact[]): Promise<void> {
  if (!isSecure()) return;
  const held = await caches.open(HELD);
  const wanted = new Set(files.map((file) => file.url));
  for (const request of await held.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await held.delete(request);
  }
}

function hex(digest: ArrayBuffer): string {
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
