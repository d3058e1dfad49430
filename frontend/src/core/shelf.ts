/** Small things a screen keeps between reloads, by name. Where the browser keeps nothing it forgets, and runs on. */

const NAME = "yuanmeng-shelf";
const STORES = ["things", "plays"] as const;
export type Store = (typeof STORES)[number];

/** This will read one thing; null when there is none. */
export async function take<T>(key: string, store: Store = "things"): Promise<T | null> {
  return ((await ask(store, "readonly", (shelf) => shelf.get(key))) as T | undefined) ?? null;
}

/** This will put a thing under its name; true once it is safely there. */
export async function put(key: string, thing: unknown, store: Store = "things"): Promise<boolean> {
  return (await ask(store, "readwrite", (shelf) => shelf.put(thing, key))) !== undefined;
}

export async function drop(keys: string[], store: Store = "things"): Promise<void> {
  for (const key of keys) await ask(store, "readwrite", (shelf) => shelf.delete(key));
}

/** This will read the first `most` things of a store in the order of their names. */
export async function first<T>(most: number, store: Store): Promise<T[]> {
  return ((await ask(store, "readonly", (shelf) => shelf.getAll(null, most))) as T[] | undefined) ?? [];
}

export async function count(store: Store): Promise<number> {
  return ((await ask(store, "readonly", (shelf) => shelf.count())) as number | undefined) ?? 0;
}

/** This will take everything off the shelf. */
export async function clear(): Promise<void> {
  for (const store of STORES) await ask(store, "readwrite", (shelf) => shelf.clear());
}

let database: Promise<IDBDatabase | null> | null = null;

function opened(): Promise<IDBDatabase | null> {
  database ??= new Promise((resolve) => {
    if (!("indexedDB" in globalThis)) return resolve(null);
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  return database;
}

async function ask(
  store: Store,
  mode: IDBTransactionMode,
  what: (shelf: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const base = await opened();
  if (!base) return undefined;
  return new Promise((resolve) => {
    const request = what(base.transaction(store, mode).objectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
}
