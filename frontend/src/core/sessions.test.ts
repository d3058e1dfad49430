import { expect, test } from "vitest";
import { bill, courses, lastDayOfWeek, upcoming, type Session } from "./sessions";

// A Tuesday.
const NOW = Date.parse("2026-11-24T18:00:00+08:00");

function session(uid: string, start: string, over: Partial<Session> = {}): Session {
  const starts_at = `${start}:00+08:00`;
  const ends_at = new Date(Date.parse(starts_at) + 7_200_000).toISOString();
  const place = { place: "才俊咖啡", room: "", summary: "", seats: null, url: `/programme/${uid}/` };
  return { uid, event_uid: `e-${uid}`, kind: "salon", kind_label: "沙龙", title: uid, starts_at, ends_at, ...place, state: "published", ...over };
}

const over = session("over", "2026-11-24T14:00");
const running = session("running", "2026-11-24T17:00");
const tonight = session("tonight", "2026-11-24T19:00");
const friday = session("friday", "2026-11-27T19:00");
const december = session("december", "2026-12-05T10:00");

test("what is over is gone, what runs stays, and the rest is in order", () => {
  expect(upcoming([december, tonight, over, running], NOW).map((one) => one.uid)).toEqual(["running", "tonight", "december"]);
});

test("today is big where it fills the place, else the week, else what comes next", () => {
  const uids = (of: Session[]): string => of.map((one) => one.uid).join();
  const told = (of: Session[], most: number): string[] => {
    const { when, big, rest } = bill(of, NOW, most);
    return [when, uids(big), uids(rest)];
  };
  expect(told([running, tonight, friday], 2)).toEqual(["today", "running,tonight", "friday"]);
  expect(told([tonight], 3)).toEqual(["today", "tonight", ""]);
  expect(told([tonight, friday, december], 2)).toEqual(["week", "tonight,friday", "december"]);
  expect(told([tonight, december], 3)).toEqual(["next", "tonight,december", ""]);
  expect(told([december], 3)).toEqual(["next", "december", ""]);
});

test("what does not fit among the big ones is not lost", () => {
  expect(bill([running, tonight], NOW, 1).rest.map((one) => one.uid)).toEqual(["tonight"]);
});

test("a course is one row with its next session; a cancelled session is no course", () => {
  const three = ["2026-11-25T09:00", "2026-11-26T09:00", "2026-11-27T09:00"];
  const [first, second, third] = three.map((start, n) => session(`c${n}`, start, { event_uid: "latte" }));
  const rows = courses([third, { ...first, state: "cancelled" }, second] as Session[], NOW);
  expect(rows.map((row) => [row.next.uid, row.more])).toEqual([["c1", 1]]);
});

test("a week ends on Sunday", () => {
  expect(lastDayOfWeek(NOW)).toBe("2026-11-29");
  expect(lastDayOfWeek(Date.parse("2026-11-29T23:59:00+08:00"))).toBe("2026-11-29");
});
