import { expect, test } from "vitest";
import { comingUp, nearDay, type Session } from "./week";

const session = (starts: string, ends: string): Session =>
  ({ uid: starts, starts_at: starts, ends_at: ends, title: "求职夜市", state: "published" }) as unknown as Session;

const now = Date.parse("2026-11-27T19:30:00+08:00");

test("a session stays while it lasts, and the next stands first", () => {
  const late = session("2026-11-28T14:00:00+08:00", "2026-11-28T16:00:00+08:00");
  const on = session("2026-11-27T19:00:00+08:00", "2026-11-27T21:00:00+08:00");
  const over = session("2026-11-27T09:00:00+08:00", "2026-11-27T19:30:00+08:00");
  expect(comingUp([late, over, on], now, 5)).toEqual([on, late]);
});

test("days are those of the house, not of the screen", () => {
  expect(nearDay("2026-11-27T15:59:00Z", now)).toBe("today");
  expect(nearDay("2026-11-27T16:00:00Z", now)).toBe("tomorrow");
  expect(nearDay("2026-11-29T10:00:00+08:00", now)).toBe("");
});
