import { expect, test } from "vitest";
import { reloadReason, Watchdog } from "./care";

const HOUR = 3_600_000;

test("a page is loaded anew at four in the morning, once", () => {
  expect(reloadReason({ hour: 4, openForMs: 20 * HOUR, heapMb: 60 })).toBe("night");
  expect(reloadReason({ hour: 4, openForMs: HOUR, heapMb: 60 })).toBe("");
  expect(reloadReason({ hour: 5, openForMs: 20 * HOUR, heapMb: 60 })).toBe("");
});

test("and when its memory runs full, at any hour", () => {
  expect(reloadReason({ hour: 12, openForMs: HOUR, heapMb: 201 })).toBe("memory");
  expect(reloadReason({ hour: 12, openForMs: HOUR, heapMb: null })).toBe("");
});

test("the watchdog barks after three times an item's time, and not before", () => {
  const dog = new Watchdog();
  dog.boundary(30);
  const barks = Array.from({ length: 19 }, () => dog.tick());
  expect(barks.indexOf(true)).toBe(18);
  dog.boundary(30);
  expect(dog.tick()).toBe(false);
});
