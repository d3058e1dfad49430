/** A wall made of several panels: nothing that is read may lie across a seam. */

import type { Seams } from "../core/device";

export type { Seams };

/** This will read "3x2" or "3x2x40" of an address; null for anything that is not 2–4 × 1–3 panels. */
export function seamsFrom(asked: string | null): Seams | null {
  const found = /^([2-4])x([1-3])(?:x(\d{1,3}))?$/.exec(asked ?? "");
  return found ? { columns: Number(found[1]), rows: Number(found[2]), gap_px: Number(found[3] ?? 0) } : null;
}

/** Where each block stands: CSS grid lines, each panel being two tracks high. The map takes the middle columns. */
export function placesOf({ columns, rows }: Seams): Record<string, string> {
  const right = columns;
  const map = columns === 2 ? `1 / 2 / ${2 * rows + 1} / 3` : `1 / 2 / ${2 * rows + 1} / ${columns}`;
  const panel = (row: number, column: number, half?: "top" | "rest"): string => {
    const first = 2 * row - 1;
    const [from, to] = half === "top" ? [first, first + 1] : half === "rest" ? [first + 1, first + 2] : [first, first + 2];
    return `${from} / ${column} / ${to} / ${column + 1}`;
  };
  if (columns === 2) return { map, hero: panel(1, 1, "top"), ...twoColumns(rows, panel) };
  if (rows === 1) {
    return { map, hero: panel(1, 1, "top"), list: panel(1, 1, "rest"), said: panel(1, right, "top"), rotor: panel(1, right, "rest") };
  }
  const tall = { map, hero: panel(1, 1, "top"), said: panel(1, 1, "rest"), list: panel(2, 1), week: panel(1, right), rotor: panel(2, right) };
  return rows === 2 ? tall : { ...tall, house: panel(3, right) };
}

type Panel = (row: number, column: number, half?: "top" | "rest") => string;

function twoColumns(rows: number, panel: Panel): Record<string, string> {
  if (rows === 1) return { list: panel(1, 1, "rest") };
  if (rows === 2) return { said: panel(1, 1, "rest"), list: panel(2, 1) };
  return { said: panel(1, 1, "rest"), list: panel(2, 1), week: panel(3, 1, "top"), rotor: panel(3, 1, "rest") };
}
