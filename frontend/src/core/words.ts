/** Words come from the template, translated there; here they only get their values. */

export type Values = Record<string, string | number>;

/** A sentence of the surface by its key, filled. */
export type Say = (key: string, values?: Values) => string;

/** This will fill `{name}` places of a sentence, and of `{name:person|people}` take the word that agrees with the
    number. A place without a value stays, so that it is noticed. */
export function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (place, name: string, one?: string, many?: string) => {
    if (!(name in values)) return place;
    const value = String(values[name]);
    return one === undefined ? value : ((value === "1" ? one : many) ?? "");
  });
}

/** This will read the words of a surface from `<script type="application/json" id="…">`. */
export function wordsFrom(id: string, root: Document = document): Say {
  return sayFrom(readJson<Record<string, string>>(id, root) ?? {});
}

/** This will read the words of a table. A key without words is shown itself, so that it is noticed. */
export function sayFrom(table: Record<string, string>): Say {
  return (key, values = {}) => fill(table[key] ?? key, values);
}

/** This will read a `json_script`; null where the page has none. */
export function readJson<T>(id: string, root: Document = document): T | null {
  const text = root.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

/** 2486 → "2,486" in both languages of the house. */
export function counted(number: number): string {
  return number.toLocaleString("en-US");
}

/** A moment as HH:MM of the house's clock, wherever the screen thinks it stands. */
export function clockTime(moment: number): string {
  return new Date(moment).toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Shanghai",
  });
}

/** The hour of the day (0–23) and the date (2026-11-24) in Shanghai. */
export function shanghai(moment: number): { hour: number; date: string } {
  const local = new Date(moment + 8 * 3_600_000).toISOString();
  return { hour: Number(local.slice(11, 13)), date: local.slice(0, 10) };
}
