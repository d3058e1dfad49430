import { expect, test } from "vitest";
import { gcjToWgs, into, outOf, wgsToGcj, type Place } from "./crs";

const KNOWN: [Place, Place][] = [
  [[121.4005, 31.2105], [121.405150, 31.208655]],
  [[121.396759, 31.213370], [121.401408, 31.211526]],
]; // prettier-ignore

test("the shift is the one the house counts with", () => {
  for (const [wgs, gcj] of KNOWN) {
    wgsToGcj(wgs).forEach((v, i) => expect(v).toBeCloseTo(gcj[i] ?? 0, 5.7));
    gcjToWgs(gcj).forEach((v, i) => expect(v).toBeCloseTo(wgs[i] ?? 0, 5.7));
  }
});

test("what is tapped on a shifted map comes back within a millimetre", () => {
  const [lon, lat] = outOf("gcj02")(into("gcj02")([121.4001, 31.2103]));
  expect(Math.hypot((lon - 121.4001) * 95_209, (lat - 31.2103) * 110_946)).toBeLessThan(0.001);
  expect(into("wgs84")([121.4, 31.2])).toEqual([121.4, 31.2]);
});
