import { expect, test } from "vitest";
import { placesOf, seamsFrom } from "./mosaic";

test("an address says how many panels there are", () => {
  expect(seamsFrom("3x2x40")).toEqual({ columns: 3, rows: 2, gap_px: 40 });
  expect(seamsFrom("1x1")).toBeNull();
  expect(seamsFrom("9x9")).toBeNull();
  expect(seamsFrom(null)).toBeNull();
});

test.each(["2x1", "2x2", "2x3", "3x1", "3x2", "3x3", "4x1", "4x2", "4x3"])("in %s no words lie across a seam", (asked) => {
  const { map, ...words } = placesOf(seamsFrom(asked)!);
  expect(map).toBeTruthy();
  for (const area of Object.values(words)) {
    const [top, left, bottom, right] = area.split(" / ").map(Number) as [number, number, number, number];
    expect(right - left).toBe(1);
    expect(Math.ceil(top / 2)).toBe(Math.ceil((bottom - 1) / 2));
  }
  expect(new Set(Object.values(words)).size).toBe(Object.keys(words).length);
});
