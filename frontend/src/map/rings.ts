/** Rings of so many minutes on foot round a point. */

import type { FeatureCollection } from "geojson";
import { METRES, ring, walkRadius } from "./cells";

/** This will draw one dashed circle per number of minutes, and its name at the foot of the circle. */
export function walkingRings(
  at: [number, number],
  minutes: number[],
  name: (minutes: number) => string,
): FeatureCollection {
  const features = minutes.flatMap((n) => {
    const radius = walkRadius(n);
    const foot = [at[0], at[1] - radius / METRES[1]];
    return [
      feature("LineString", ring(at, radius, 72), { minutes: n }),
      feature("Point", foot, { kind: "ring", name: name(n) }),
    ];
  });
  return { type: "FeatureCollection", features };
}

function feature(type: string, coordinates: unknown, properties: object): FeatureCollection["features"][number] {
  return { type: "Feature", properties, geometry: { type, coordinates } } as FeatureCollection["features"][number];
}
