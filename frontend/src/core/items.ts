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

/** A firm as its sign says it, where there is no room for 上海……有限公司（示例）; the sheet has the whole name. */
export function onItsSign(firm: string): string {
  const bare = firm.replace(/（示例）$/, "").replace(/^上海市?/, "");
  return bare.replace(/(股份|集团)?有限(责任)?公司$/, "") || firm;
}
