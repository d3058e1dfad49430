/** The last good answers, kept on this machine so that a cut cable or a reload shows them again.
    Only public data of the wall comes here; nothing personal ever does. */

const STORE = "answers";

/** One kept answer: what came, when (ms, corrected clock), and its ETag. */
export interface Kept<T> {
  data: T;
  at: number;
  tag: string | null;
}

/** This will read a kept answer; null when there is none or the browser keeps nothing. */
export async function recall<T>(key: string): Promise<Kept<T> | null> {
  const store = await open("readonly");
  return store ? ((await done(store.get(key))) as Kept<T> | undefined ?? null) : null;
}

/** This will keep an answer; silently nothing where storage is refused: the wall still runs without. */
export async function keep<T>(key: string, answer: Kept<T>): Promise<void> {
  const store = await open("readwrite");
  if (store) await done(store.put(answer, key));
}

/** This will forget what was kept before a moment: a wall runs for years and is asked many things. */
export async function sweep(before: number): Promise<void> {
  const store = await open("readwrite");
  if (!store) return;
  const request = store.openCursor();
  request.onsuccess = () => {
    const cursor = request.result;
    if (!cursor) return;
    if ((cursor.value as Kept<unknown>).at < before) cursor.delete();
    cursor.continue();
  };
}

let database: Promise<IDBDatabase | null> | null = null;

async function open(mode: IDBTransactionMode): Promise<IDBObjectStore | null> {
  database ??= new Promise((resolve) => {
    if (!("indexedDB" in globalThis)) return resolve(null);
    const request = indexedDB.open("yuanmeng-wall", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  return (await database)?.transaction(STORE, mode).objectStore(STORE) ?? null;
}

function done<T>(request: IDBRequest<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
}
