import { expect, test } from "vitest";
import { Clock } from "../core/clock";
import { settled, times, type Play } from "./plays";

const HOUR = 3_600_000;
const TRUE_TIME = Date.UTC(2026, 10, 24, 10, 0, 0);

function play(client_id: string): Play {
  const shown = { shown_ms: 10_000, result: "shown" } as const;
  return { client_id, seq: 1, placement: "p", item: "i", started_at: "", skew_ms: 0, ...shown };
}

test("what the house has answered for is told, whatever it said; the rest is told again", () => {
  const plays = [play("a"), play("b"), play("c"), play("d")];
  const answers = [
    { client_id: "a", state: "new" as const },
    { client_id: "b", state: "known" as const },
    { client_id: "c", state: "refused" as const, why: "unknown placement" },
  ];
  expect(settled(plays, answers).map((one) => one.client_id)).toEqual(["a", "b", "c"]);
});

test("a start is told by the machine's own clock and how wrong that was", () => {
  let steady = 0;
  const clock = new Clock(null, { wall: () => TRUE_TIME - 9 * HOUR + steady, steady: () => steady });
  steady = 5_000;
  clock.hear("Tue, 24 Nov 2026 10:00:05 GMT");
  const { started_at, skew_ms } = times(clock, 1_000);
  expect(Date.parse(started_at)).toBe(TRUE_TIME - 9 * HOUR + 1_000);
  expect(Date.parse(started_at) - skew_ms).toBe(TRUE_TIME + 1_500);
});
