import { afterEach, expect, test, vi } from "vitest";
import { groundFrom, read, schematic, sideBySide, Trust, type Ground } from "./ground";

const drawing: Ground = { system: "wgs84", credits: ["示意图"], tiles: [], deepest: 18, features: [] };
const answer = {
  type: "FeatureCollection" as const,
  crs_name: "gcj02" as const,
  note: "",
  attribution: "底图：高德地图",
  approval: "审图号：0",
  tiles: [["https://a/{z}/{x}/{y}"]],
  deepest: null,
  features: [],
};

afterEach(() => vi.unstubAllGlobals());

test("what stands in the answer stands under the map", () => {
  expect(read(answer)).toEqual({
    system: "gcj02",
    credits: ["底图：高德地图", "审图号：0"],
    tiles: [["https://a/{z}/{x}/{y}"]],
    deepest: 18,
    features: [],
  });
});

test("a house that does not answer, or answers badly, leaves our own drawing", async () => {
  const life = new AbortController().signal;
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  for (const reply of [() => Promise.reject(new Error("offline")), () => Promise.resolve(new Response("", { status: 502 }))]) {
    vi.stubGlobal("fetch", reply);
    expect(await groundFrom("/api/v1/basemap", () => Promise.resolve(drawing), life)).toBe(drawing);
  }
});

test("without the drawing too the cells still have a map to stand on", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  vi.stubGlobal("fetch", () => Promise.reject(new Error("offline")));
  expect((await schematic("/geo.geojson", ["示意图"])).features).toEqual([]);
});

test("tiles are given up at the third failure in a row", () => {
  const trust = new Trust();
  expect([trust.failed(), trust.failed()]).toEqual([false, false]);
  trust.came();
  expect([trust.failed(), trust.failed(), trust.failed()]).toEqual([false, false, true]);
});

test("lines that share a track lie side by side, all others where they are", () => {
  const of = (line: string) => ({ type: "Feature" as const, geometry: { type: "LineString" as const, coordinates: [] }, properties: { line } });
  const told = sideBySide([of("2"), of("3/4")]).map((one) => [one.properties?.["line"], one.properties?.["beside"]]);
  expect(told).toEqual([["2", undefined], ["3", -2], ["4", 2]]);
});
