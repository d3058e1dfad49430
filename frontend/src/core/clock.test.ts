import { expect, test } from "vitest";
import { Clock, type Machine } from "./clock";

const HOUR = 3_600_000;
const TRUE_TIME = Date.UTC(2026, 10, 24, 10, 0, 0);

/** A machine whose wall clock and steady clock are turned by hand. */
function machine(wall: number): Machine & { pass: (ms: number) => void; turn: (ms: number) => void } {
  let [shown, steady] = [wall, 0];
  return {
    wall: () => shown,
    steady: () => steady,
    pass: (ms) => void ((shown += ms), (steady += ms)),
    turn: (ms) => void (shown += ms),
  };
}

test("a machine nine hours behind learns the time from the house", () => {
  const clock = new Clock(null, machine(TRUE_TIME - 9 * HOUR));
  clock.hear("Tue, 24 Nov 2026 10:00:00 GMT");
  expect(clock.now()).toBe(TRUE_TIME + 500);
  expect(clock.skew).toBe(-9 * HOUR - 500);
});

test("it boots without a network and still knows how wrong its clock is", () => {
  const clock = new Clock({ skew: -9 * HOUR, lived: TRUE_TIME - HOUR }, machine(TRUE_TIME - 9 * HOUR));
  expect(clock.now()).toBe(TRUE_TIME);
});

test("a clock that went back at boot does not take the screen back in time", () => {
  const clock = new Clock({ skew: 0, lived: TRUE_TIME }, machine(TRUE_TIME - 9 * HOUR));
  expect(clock.now()).toBe(TRUE_TIME);
});

test("whoever turns the machine's clock while it runs moves nothing", () => {
  const box = machine(TRUE_TIME);
  const clock = new Clock(null, box);
  clock.hear("Tue, 24 Nov 2026 10:00:00 GMT");
  box.turn(-9 * HOUR);
  box.pass(60_000);
  expect(clock.now()).toBe(TRUE_TIME + 60_000);
});

test("an answer without a date, or a second off, changes nothing", () => {
  const clock = new Clock(null, machine(TRUE_TIME));
  for (const said of [null, "nonsense", "Tue, 24 Nov 2026 10:00:00 GMT"]) clock.hear(said);
  expect(clock.now()).toBe(TRUE_TIME);
});
