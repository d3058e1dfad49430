/** A manifest for tests. */

import { SCHEMA, type Entry, type Item, type Manifest } from "./manifest";

export const NIGHT = Date.parse("2026-11-24T00:00:00+08:00");
export const HOUR = 3_600_000;

export function item(id: string, over: Partial<Item> = {}): Item {
  const plain = { title: id, body: "", file: null, source: null, valid_from: null, valid_until: null, qr: null };
  return { id, kind: "notice", seconds: 10, ...plain, ...over };
}

/** An entry from one hour of that day to another; hours beyond 24 are the day after. */
export function entry(from: number, to: number, items: Item[], over: Partial<Entry> = {}): Entry {
  const moment = (hour: number): string => new Date(NIGHT + hour * HOUR).toISOString();
  const plain = { priority: 0, interrupt: false, placement: "p1" };
  return { from: moment(from), to: moment(to), items, ...plain, ...over };
}

export function manifest(entries: Entry[], over: Partial<Manifest> = {}): Manifest {
  const settings = { orientation: "landscape", viewing_m: 2, theme: "auto", elder: false, seams: null } as const;
  const house = { name: "才俊咖啡", address: "娄山关路500号", hours: "8:00–20:00", phone: "021-0000 0000" };
  const span = { from: new Date(NIGHT).toISOString(), until: new Date(NIGHT + 72 * HOUR).toISOString() };
  return { schema: SCHEMA, device: "d1", hash: "h1", ...span, settings, house, entries, files: [], ...over };
}
