/** Rings of so many minutes round a point, on foot and by bicycle. */

import type { FeatureCollection } from "geojson";
import { METRES, rideRadius, ring, walkRadius } from "./cells";
import type { Place } from "./crs";

export interface Minutes {
  walk: number[];
  ride: number[];
}

/** This will draw one dashed circle per number of minutes, and its name at the foot of the circle. */
export function ringsRound(
  at: Place,
  minutes: Minutes,
  name: (by: keyof Minutes, minutes: number) => string,
  place: (point: Place) => Place = (point) => point,
): FeatureCollection {
  const circle = (by: keyof Minutes, n: number): FeatureCollection["features"] => {
    const radius = by === "walk" ? walkRadius(n) : rideRadius(n);
    const foot: Place = [at[0], at[1] - radius / METRES[1]];
    return [
      feature("LineString", ring(at, radius, 72).map(place), { by, minutes: n }),
      feature("Point", place(foot), { kind: "ring", by, name: name(by, n) }),
    ];
  };
  const features = [
    ...minutes.walk.flatMap((n) => circle("walk", n)),
    ...minutes.ride.flatMap((n) => circle("ride", n)),
  ];
  return { type: "FeatureCollection", features };
}

function feature(type: string, coordinates: unknown, properties: object): FeatureCollection["features"][number] {
  return { type: "Feature", properties, geometry: { type, coordinates } } as FeatureCollection["features"][number];
}
