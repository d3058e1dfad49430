import { expect, test } from "vitest";
import { freshness, skewFrom } from "./live";

const rule = { interval: 10_000 };

test("data is fresh for two intervals, then late, then offline", () => {
  expect(freshness(19_000, rule)).toBe("fresh");
  expect(freshness(21_000, rule)).toBe("late");
  expect(freshness(61_000, rule)).toBe("offline");
});

test("a screen whose clock is nine hours wrong learns it from the server", () => {
  const now = Date.UTC(2026, 10, 24, 1, 0, 0);
  expect(skewFrom("Tue, 24 Nov 2026 10:00:00 GMT", now)).toBe(9 * 3_600_000);
  expect(skewFrom(null, now)).toBeNull();
  expect(skewFrom("nonsense", now)).toBeNull();
});
