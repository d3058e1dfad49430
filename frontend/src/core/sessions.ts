/** The month's sessions as the public programme lists them, and how screens divide them. */

import { shanghai } from "./words";

export interface Session {
  uid: string;
  event_uid: string;
  kind: "night_market" | "salon" | "lecture" | "course" | "other";
  kind_label: string;
  title: string;
  starts_at: string;
  ends_at: string;
  place: string;
  room: string;
  summary: string;
  seats: number | null;
  url: string;
  state: "published" | "cancelled";
}

export interface Programme {
  as_of: string;
  from: string;
  to: string;
  sessions: Session[];
}

const DAY = 86_400_000;

/** This will leave out what is over by the corrected clock, and put the rest in order. */
export function upcoming(sessions: Session[], now: number): Session[] {
  const left = sessions.filter((one) => Date.parse(one.ends_at) > now);
  return left.sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}

/** What is big: today's where they fill the place, else the days of this week, else the next ones; and the rest. */
export interface Bill {
  when: "today" | "week" | "next";
  big: Session[];
  rest: Session[];
}

export function bill(sessions: Session[], now: number, most: number): Bill {
  const left = upcoming(sessions, now);
  const sunday = lastDayOfWeek(now);
  const today = left.filter((one) => dayOf(one) <= shanghai(now).date);
  const week = left.filter((one) => dayOf(one) <= sunday);
  const [when, big] = filling([["today", today], ["week", week], ["next", left]], most);
  const chosen = big.slice(0, most);
  return { when, big: chosen, rest: left.filter((one) => !chosen.includes(one)) };
}

/** The first span whose sessions fill the place, or that are all there are. */
function filling(spans: [Bill["when"], Session[]][], most: number): [Bill["when"], Session[]] {
  const all = spans.at(-1)?.[1] ?? [];
  return spans.find(([, some]) => some.length >= Math.min(most, all.length)) ?? ["next", all];
}

/** One row per course: its next session, and how many follow. */
export function courses(sessions: Session[], now: number): { next: Session; more: number }[] {
  const byEvent = new Map<string, Session[]>();
  for (const one of upcoming(sessions, now)) {
    if (one.state !== "published") continue;
    byEvent.set(one.event_uid, [...(byEvent.get(one.event_uid) ?? []), one]);
  }
  return [...byEvent.values()].map((all) => ({ next: all[0] as Session, more: all.length - 1 }));
}

export function dayOf(session: Session): string {
  return shanghai(Date.parse(session.starts_at)).date;
}

/** The Sunday of the week of a moment, Shanghai time. */
export function lastDayOfWeek(now: number): string {
  const weekday = new Date(`${shanghai(now).date}T00:00:00Z`).getUTCDay();
  return shanghai(now + ((7 - weekday) % 7) * DAY).date;
}
