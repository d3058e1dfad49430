/** A vacancy as the public JSON lists it, as far as screens read it. */

export interface Item {
  uid: string;
  title: string;
  organisation: string;
  pay: string;
  place: string;
  walk_minutes: number | null;
  openings: number;
  education: string;
  published_on: string | null;
  valid_until: string | null;
  tags: string[];
}

/** This will leave out what has ended by the day (YYYY-MM-DD) of the corrected clock, also when offline. */
export function stillOpen(items: Item[], today: string): Item[] {
  return items.filter((item) => !item.valid_until || item.valid_until >= today);
}
