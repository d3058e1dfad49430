import type { Feature } from "geojson";
import { expect, test } from "vitest";
import { inside, namesIn, partsIn, type View } from "./names";

const view: View = [[0, 0], [10, 0], [8, 10], [2, 10]]; // prettier-ignore

function feature(kind: string, zh: string, type: string, coordinates: unknown): Feature {
  return { type: "Feature", properties: { kind, zh }, geometry: { type, coordinates } } as Feature;
}

test("a line is cut where it leaves the view, whichever way the corners run", () => {
  const line = [[-5, 5], [20, 5]]; // prettier-ignore
  for (const corners of [view, [...view].reverse()]) {
    const ends = partsIn(corners, line).flat(2).map((v) => Math.round(v * 1e6) / 1e6);
    expect(ends).toEqual([1, 5, 9, 5]);
  }
});

test("a line that leaves and comes back is two parts", () => {
  const parts = partsIn(view, [[5, 1], [5, -3], [6, -3], [6, 2]]); // prettier-ignore
  expect(parts).toEqual([[[5, 1], [5, 0]], [[6, 0], [6, 2]]]); // prettier-ignore
});

test("a line inside stays whole, one outside goes", () => {
  expect(partsIn(view, [[4, 1], [5, 2], [6, 1]])).toEqual([[[4, 1], [5, 2], [6, 1]]]); // prettier-ignore
  expect(partsIn(view, [[20, 1], [30, 2]])).toEqual([]); // prettier-ignore
});

test("each street has one name, on its longest part in view", () => {
  const long = feature("street", "天山路", "LineString", [[1, 2], [9, 2]]); // prettier-ignore
  const short = feature("street", "天山路", "LineString", [[4, 4], [5, 4]]); // prettier-ignore
  const { features } = namesIn(view, [short, long]);
  expect(features).toHaveLength(1);
  expect(features[0]?.geometry).toEqual(long.geometry);
});

test("a station beyond the edge has no name there, and lines of the metro have none at all", () => {
  const seen = feature("station", "威宁路", "Point", [5, 5]);
  const rest = [
    feature("station", "江苏路", "Point", [11, 5]),
    feature("metro", "2号线", "LineString", [[1, 1], [9, 1]]), // prettier-ignore
  ];
  expect(namesIn(view, [seen, ...rest]).features).toEqual([seen]);
  expect(inside([1, 9], view)).toBe(false);
});

test("a point so near the foot that its name would be cut has it above", () => {
  const near = feature("station", "宋园路", "Point", [5, 0.5]);
  const room: View = [[1, 1], [9, 1], [7, 9], [3, 9]]; // prettier-ignore
  const at = (below: View, beside: View) => namesIn(view, [near], { below, beside }).features[0]?.properties?.["at"];
  expect([at(room, view), at(view, room), at(room, room), at(view, view)]).toEqual(["low", "side", "corner", undefined]);
  expect(namesIn(view, [near]).features).toEqual([near]);
});

test("a long name that stands round its point keeps off the edge", () => {
  const [long, short] = [feature("area", "仙霞新村街道", "Point", [1, 5]), feature("area", "新泾镇", "Point", [1, 5])];
  const beside: View = [[2, 1], [8, 1], [8, 9], [2, 9]]; // prettier-ignore
  expect(namesIn(view, [long, short], { below: view, beside }).features.map((one) => one.properties?.["zh"])).toEqual(["新泾镇"]);
});
