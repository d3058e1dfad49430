import { expect, test } from "vitest";
import { entry, HOUR, item, manifest, NIGHT } from "./sample";
import { following, nextChange, stepFrom, turnsAt } from "./schedule";

const [a, b, c] = [item("a"), item("b"), item("c")];

function shown(entries: Parameters<typeof manifest>[0], hour: number): string[] {
  return turnsAt(manifest(entries), NIGHT + hour * HOUR).map((turn) => turn.item.id);
}

test("entries of one priority follow each other in the order of their placement", () => {
  expect(shown([entry(0, 24, [a, b]), entry(0, 24, [c], { placement: "p2" })], 9)).toEqual(["a", "b", "c"]);
});

test("a higher priority takes the window, what interrupts takes it from everything", () => {
  const plain = entry(0, 24, [a]);
  const higher = entry(9, 12, [b], { priority: 5 });
  const urgent = entry(10, 11, [c], { interrupt: true });
  expect([8, 9, 10, 11, 12].map((hour) => shown([plain, higher, urgent], hour).join())).toEqual(["a", "b", "c", "b", "a"]);
});

test("a day-part switches exactly at its minute", () => {
  const morning = manifest([entry(0, 12, [a]), entry(12, 24, [b])]);
  const noon = NIGHT + 12 * HOUR;
  expect(turnsAt(morning, noon - 1)[0]?.item.id).toBe("a");
  expect(turnsAt(morning, noon)[0]?.item.id).toBe("b");
  expect(nextChange(morning, noon - 1)).toBe(noon);
});

test("an overnight part goes through midnight and ends in the morning", () => {
  const overnight = [entry(0, 48, [a]), entry(22, 30, [b], { priority: 1 })];
  expect([21, 22, 24, 29.9, 30].map((hour) => shown(overnight, hour).join())).toEqual(["a", "b", "b", "b", "a"]);
});

test("what has expired leaves, and a round whose items are all over gives way to the next", () => {
  const until = new Date(NIGHT + 10 * HOUR).toISOString();
  const entries = [entry(0, 24, [a]), entry(0, 24, [item("b", { valid_until: until })], { priority: 1 })];
  expect(shown(entries, 9)).toEqual(["b"]);
  expect(shown(entries, 10)).toEqual(["a"]);
});

test("what is not yet valid waits", () => {
  const from = new Date(NIGHT + 10 * HOUR).toISOString();
  const entries = [entry(0, 24, [a, item("b", { valid_from: from })])];
  expect([shown(entries, 9), shown(entries, 10)]).toEqual([["a"], ["a", "b"]]);
});

test("two days without a network play on; after the horizon the house is shown", () => {
  const entries = [0, 1, 2].map((day) => entry(day * 24 + 8, day * 24 + 20, [a]));
  expect([10, 34, 58].map((hour) => shown(entries, hour).join())).toEqual(["a", "a", "a"]);
  expect([shown(entries, 23), shown(entries, 80)]).toEqual([[], []]);
  expect(nextChange(manifest(entries), NIGHT + 80 * HOUR)).toBeNull();
});

test("a block that keeps failing is left out and the round goes on", () => {
  const turns = turnsAt(manifest([entry(0, 24, [a, b])]), NIGHT, (turn) => turn.item.id !== "a");
  expect(turns.map((turn) => turn.item.id)).toEqual(["b"]);
});

test("a turn stays its time, goes on to the next, and round again", () => {
  const turns = turnsAt(manifest([entry(0, 24, [a, b])]), NIGHT);
  const [first, second] = turns;
  expect(stepFrom(null, turns, 0)).toEqual({ to: "next", turn: first });
  expect(stepFrom(first ?? null, turns, 9_999)).toEqual({ to: "stay" });
  expect(stepFrom(first ?? null, turns, 10_000)).toEqual({ to: "next", turn: second });
  expect(following(turns, second ?? null)).toBe(first);
});

test("a turn that has left the round is cut at once", () => {
  const before = turnsAt(manifest([entry(0, 24, [a])]), NIGHT)[0] ?? null;
  const after = turnsAt(manifest([entry(0, 24, [b])]), NIGHT);
  expect(stepFrom(before, after, 1)).toEqual({ to: "cut", turn: after[0] });
  expect(stepFrom(before, [], 1)).toEqual({ to: "cut", turn: null });
  expect(stepFrom(null, [], 1)).toEqual({ to: "stay" });
});
