/** What the public JSON answers, as far as the wall reads it. */

import type { Item } from "../core/items";

export { stillOpen, type Item } from "../core/items";

export interface Listing {
  as_of: string;
  total: number;
  openings: number;
  page: number;
  pages: number;
  items: Item[];
  facets?: Record<string, { code: string; label: string; count: number }[]>;
}

export interface Industry {
  code: string;
  label: string;
  vacancies: number;
  openings: number;
}

export interface Figures {
  as_of: string;
  open_vacancies: number;
  openings: number;
  employers: number;
  new_today: number;
  new_this_week: number;
  industries: Industry[];
  newest: Item[];
}

/** The biggest industries and the rest as one row, so that the bars add up to the whole. */
export function biggest(industries: Industry[], rows: number, rest: string): Industry[] {
  const sorted = industries.filter((one) => one.openings > 0).sort((a, b) => b.openings - a.openings);
  if (sorted.length <= rows) return sorted;
  const others = sorted.slice(rows - 1);
  const sum = (of: (one: Industry) => number): number => others.reduce((total, one) => total + of(one), 0);
  return [
    ...sorted.slice(0, rows - 1),
    { code: "", label: rest, vacancies: sum((one) => one.vacancies), openings: sum((one) => one.openings) },
  ];
}
