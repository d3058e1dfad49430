import { expect, test } from "vitest";
import { alike, centre, polygons, ranges, rideRadius, stepOf, stepsFor, walkRadius, type MapAnswer } from "./cells";
import { ringsRound } from "./rings";

const answer: MapAnswer = {
  as_of: "2026-11-24T10:00:00+08:00",
  radius_m: 90,
  origin: [121.4, 31.21],
  q: [0, 1],
  r: [0, -2],
  n: [4, 16],
  v: [2, 5],
  pay: [6500, null],
  total_openings: 20,
  total_vacancies: 7,
  unplaced_openings: 0,
  unplaced_vacancies: 0,
};

test("a cell stands where the server put it", () => {
  expect(centre(0, 0, 90, [121.4, 31.21])).toEqual([121.4, 31.21]);
  const [lon, lat] = centre(1, -2, 90, [121.4, 31.21]);
  // q + r/2 = 0: straight south by 1.5 · 90 · 2 m.
  expect(lon).toBeCloseTo(121.4, 9);
  expect((31.21 - lat) * 110_946).toBeCloseTo(270, 6);
});

test("each cell is a closed hexagon and the fullest is the tallest", () => {
  const [first, second] = polygons(answer, [5, 10, 15, 20]).features;
  expect(first?.geometry.coordinates[0]).toHaveLength(7);
  expect(first?.geometry.coordinates[0]?.[0]).toEqual(first?.geometry.coordinates[0]?.[6]);
  expect(second?.properties?.["height"]).toBeGreaterThan(first?.properties?.["height"] as number);
  expect(second?.properties?.["step"]).toBe(3);
});

test("steps rise, are round, and their ranges leave no number out", () => {
  const steps = stepsFor([1, 1, 2, 2, 3, 4, 6, 9, 14, 40]);
  expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  expect(new Set(steps).size).toBe(4);
  expect(ranges([2, 5, 10, 30])).toEqual(["1", "2–4", "5–9", "10–29", "≥ 30"]);
  expect(stepOf(1, [2, 5, 10, 30])).toBe(0);
  expect(stepOf(30, [2, 5, 10, 30])).toBe(4);
});

test("few cells with one vacancy each still get a legend", () => {
  expect(stepsFor([1, 1])).toEqual([2, 3, 5, 8]);
  expect(stepsFor([])).toEqual([2, 3, 5, 8]);
});

test("fifteen minutes on foot are 923 metres", () => {
  expect(Math.round(walkRadius(15))).toBe(923);
});

test("five minutes by bicycle are 769 metres", () => {
  expect(Math.round(rideRadius(5))).toBe(769);
});

test("a ring has its name at its foot and says how one gets there", () => {
  const rings = ringsRound([121.4, 31.21], { walk: [5], ride: [10] }, (by, n) => `${by} ${n}`).features;
  expect(rings.map((one) => one.properties?.["name"]).filter(Boolean)).toEqual(["walk 5", "ride 10"]);
  expect(rings.map((one) => one.geometry.type)).toEqual(["LineString", "Point", "LineString", "Point"]);
});

test("the same cells at another minute are the same picture", () => {
  expect(alike(answer, { ...answer, as_of: "2026-11-24T10:05:00+08:00" })).toBe(true);
  expect(alike(answer, { ...answer, n: [4, 17] })).toBe(false);
  expect(alike(null, answer)).toBe(false);
});
