/** The next sessions of the programme: what has begun or ended leaves by the corrected clock, also offline. */

import { el, part } from "../core/dom";
import { upcoming, type Programme, type Session } from "../core/sessions";
import { clockTime, shanghai } from "../core/words";
import type { Say } from "./blocks";

export type { Programme, Session };

const DAY = 86_400_000;

/** This will keep what is not over at `now`, the next first. */
export function comingUp(sessions: Session[], now: number, most: number): Session[] {
  return upcoming(sessions, now).slice(0, most);
}

/** "today", "tomorrow" or "" for a day further off, by the days of this house. */
export function nearDay(startsAt: string, now: number): "today" | "tomorrow" | "" {
  const day = shanghai(Date.parse(startsAt)).date;
  if (day === shanghai(now).date) return "today";
  return day === shanghai(now + DAY).date ? "tomorrow" : "";
}

export function showWeek(root: ParentNode, sessions: Session[], now: number, say: Say): void {
  part(root, "week").replaceChildren(...sessions.map((one) => row(one, now, say)));
}

function row(session: Session, now: number, say: Say): HTMLElement {
  const at = Date.parse(session.starts_at);
  const when = el("span", "wall-week__when", `${dayWord(session.starts_at, now, say)} ${clockTime(at)}`);
  const what = el("span", "wall-week__what", session.title);
  const button = el("button", "wall-week__row", when, what) as HTMLButtonElement;
  button.type = "button";
  button.dataset["session"] = session.uid;
  if (session.state === "cancelled") {
    button.classList.add("wall-week__row--off");
    what.append(" ", el("em", "", say("cancelled")));
  }
  return el("li", "", button);
}

export function dayWord(startsAt: string, now: number, say: Say): string {
  const near = nearDay(startsAt, now);
  if (near) return say(near);
  const style = { weekday: "short", timeZone: "Asia/Shanghai" } as const;
  return new Date(startsAt).toLocaleDateString(document.documentElement.lang === "en" ? "en-GB" : "zh-CN", style);
}
