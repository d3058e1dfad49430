/** Which item a window shows at a moment. Pure: the same manifest and the same moment give the same answer,
    with or without a network. */

import type { Entry, Item, Manifest } from "./manifest";

/** One item in its turn. */
export interface Turn {
  item: Item;
  placement: string;
  interrupt: boolean;
  /** When its entry is over. */
  until: string;
}

/** This will name a turn: the same content may stand in two placements. */
export function keyOf(turn: Turn): string {
  return `${turn.placement}/${turn.item.id}`;
}

/** This will list what goes round at a moment: what interrupts before all else, then the highest priority; entries
    of the same rank follow each other in the order of their placement. A rank whose items are all over gives way
    to the next; no rank left is an empty list, and the window shows the house. */
export function turnsAt(manifest: Manifest | null, now: number, isWell: (turn: Turn) => boolean = () => true): Turn[] {
  const live = (manifest?.entries ?? []).filter((entry) => spans(entry.from, entry.to, now));
  for (const rank of ranks(live)) {
    const turns = live.filter((entry) => rankOf(entry) === rank).flatMap((entry) => turnsOf(entry, now));
    const well = turns.filter(isWell);
    if (well.length > 0) return well;
  }
  return [];
}

/** This will be the turn after this one, round and round; the first where this one has left the round. */
export function following(turns: Turn[], current: Turn | null): Turn | null {
  const at = current ? turns.findIndex((turn) => keyOf(turn) === keyOf(current)) : -1;
  return turns[(at + 1) % turns.length] ?? null;
}

export type Step = { to: "stay" } | { to: "next" | "cut"; turn: Turn | null };

/** This will say what happens now to a turn shown for `elapsed` ms. What has left the round is cut at once: a
    day-part ends on the minute and an expired item does not finish its time. */
export function stepFrom(current: Turn | null, turns: Turn[], elapsed: number): Step {
  const first = turns[0] ?? null;
  if (!current) return first ? { to: "next", turn: first } : { to: "stay" };
  if (!turns.some((turn) => keyOf(turn) === keyOf(current))) return { to: "cut", turn: first };
  if (elapsed < current.item.seconds * 1000) return { to: "stay" };
  return { to: "next", turn: following(turns, current) };
}

/** This will be the next moment at which the round may change by itself; null when there is none. */
export function nextChange(manifest: Manifest | null, now: number): number | null {
  const moments = (manifest?.entries ?? [])
    .flatMap((entry) => [entry.from, entry.to, ...entry.items.flatMap((item) => [item.valid_from, item.valid_until])])
    .map((moment) => (moment ? Date.parse(moment) : 0))
    .filter((moment) => moment > now);
  return moments.length > 0 ? Math.min(...moments) : null;
}

function turnsOf(entry: Entry, now: number): Turn[] {
  const { placement, interrupt, to: until } = entry;
  return entry.items
    .filter((item) => spans(item.valid_from, item.valid_until, now))
    .map((item) => ({ item, placement, interrupt, until }));
}

/** From `from` on, up to but without `to`. */
function spans(from: string | null, to: string | null, now: number): boolean {
  return (!from || Date.parse(from) <= now) && (!to || now < Date.parse(to));
}

/** Higher comes first; what interrupts stands above every priority. */
function rankOf(entry: Entry): number {
  return entry.interrupt ? 1e9 + entry.priority : entry.priority;
}

function ranks(entries: Entry[]): number[] {
  return [...new Set(entries.map(rankOf))].sort((a, b) => b - a);
}
