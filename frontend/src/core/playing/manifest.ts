/** What a window is told to show, as the house writes it down (`yuanmeng.manifest/1`). */

import type { Settings, Site } from "../device";

export const SCHEMA = "yuanmeng.manifest/1";
export const KINDS = ["vacancies", "programme", "courses", "policy", "notice", "image"] as const;
export type Kind = (typeof KINDS)[number];

export interface Item {
  id: string;
  kind: Kind;
  seconds: number;
  title: string;
  body: string;
  title_en?: string;
  body_en?: string;
  file: string | null;
  source: string | null;
  valid_from: string | null;
  valid_until: string | null;
  qr: string | null;
}

export interface Entry {
  from: string;
  to: string;
  priority: number;
  interrupt: boolean;
  placement: string;
  items: Item[];
}

export interface FileFact {
  sha256: string;
  url: string;
  bytes: number;
  type: string;
}

export interface Manifest {
  schema: string;
  device: string;
  hash: string;
  from: string;
  until: string;
  settings: Settings;
  house: Site;
  entries: Entry[];
  files: FileFact[];
}

/** What came is no manifest this player can read; the message says where. */
export class Misshapen extends Error {}

const A_DAY_S = 86_400;

/** This will check a manifest by its shape and give it typed; items of a kind this build does not know are left
    out, so that the others go on. Raises Misshapen. */
export function checked(raw: unknown): Manifest {
  const manifest = raw as Manifest;
  demand(isRecord(raw) && manifest.schema === SCHEMA, "schema");
  demand(isText(manifest.hash) && isText(manifest.device), "hash or device");
  demand(isRecord(manifest.settings) && isRecord(manifest.house), "settings or house");
  demand(Array.isArray(manifest.entries) && Array.isArray(manifest.files), "entries or files");
  manifest.files.forEach(checkFile);
  return { ...manifest, entries: manifest.entries.map(checkedEntry) };
}

function checkedEntry(entry: Entry, at: number): Entry {
  const where = `entries[${at}]`;
  demand(isRecord(entry) && isTime(entry.from) && isTime(entry.to) && Array.isArray(entry.items), where);
  demand(typeof entry.priority === "number" && typeof entry.interrupt === "boolean", `${where}.priority`);
  entry.items.forEach((item, of) => checkItem(item, `${where}.items[${of}]`));
  return { ...entry, placement: String(entry.placement), items: entry.items.filter((one) => KINDS.includes(one.kind)) };
}

function checkItem(item: Item, where: string): void {
  demand(isRecord(item) && isText(item.id) && isText(item.kind), where);
  demand(item.seconds > 0 && item.seconds <= A_DAY_S, `${where}.seconds`);
  demand(typeof item.title === "string" && typeof item.body === "string", `${where}.title`);
  demand([item.valid_from, item.valid_until].every((moment) => moment === null || isTime(moment)), `${where}.valid`);
  // Data comes from this house's public JSON, codes lead into this house: nowhere else.
  demand(item.source === null || item.source.startsWith("/api/v1/"), `${where}.source`);
  demand(item.qr === null || /^\/(?!\/)/.test(item.qr), `${where}.qr`);
}

function checkFile(file: FileFact, at: number): void {
  const good = isRecord(file) && /^[0-9a-f]{64}$/.test(file.sha256) && file.url.startsWith("/windows/files/");
  demand(good && file.bytes > 0, `files[${at}]`);
}

function demand(well: boolean, where: string): void {
  if (!well) throw new Misshapen(where);
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
