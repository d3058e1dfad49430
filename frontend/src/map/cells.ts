/** Hexagons as columns become polygons. The geometry is that of `places/hexes.py`, cell by cell. */

import type { Feature, FeatureCollection, Polygon } from "geojson";
import type { Place } from "./crs";

/** What `GET /api/v1/map` answers: one row per cell in columns of equal length. */
export interface MapAnswer {
  as_of: string;
  radius_m: number;
  origin: [number, number];
  q: number[];
  r: number[];
  n: number[];
  v: number[];
  pay: (number | null)[];
  total_openings: number;
  total_vacancies: number;
  unplaced_openings: number;
  unplaced_vacancies: number;
}

export interface Cell {
  id: string;
  radius: number;
  q: number;
  r: number;
  openings: number;
  vacancies: number;
  pay: number | null;
}

/** As in `places/distance.py`; a test holds the two together. */
const [WALK_M_PER_MINUTE, RIDE_M_PER_MINUTE, DETOUR] = [80, 200, 1.3];

/** Metres per degree east and north at 31.21° N. */
export const METRES = [95_209, 110_946] as const;

/** The middle of a cell, lon and lat. */
export function centre(q: number, r: number, radius: number, origin: [number, number]): [number, number] {
  const x = radius * Math.sqrt(3) * (q + r / 2);
  const y = radius * 1.5 * r;
  return [origin[0] + x / METRES[0], origin[1] + y / METRES[1]];
}

/** A ring round a point, closed; `corners` = 6 with a corner on top makes a cell. */
export function ring(at: [number, number], radius: number, corners: number): [number, number][] {
  return Array.from({ length: corners + 1 }, (_, i) => {
    const angle = (2 * Math.PI * (i % corners)) / corners - Math.PI / 6;
    return [at[0] + (radius * Math.cos(angle)) / METRES[0], at[1] + (radius * Math.sin(angle)) / METRES[1]];
  });
}

/** This will give row `i` of the answer as a cell. */
export function cellAt(answer: MapAnswer, i: number): Cell {
  const [q, r, radius] = [answer.q[i] ?? 0, answer.r[i] ?? 0, answer.radius_m];
  return {
    id: `${radius}:${q}:${r}`,
    radius,
    q,
    r,
    openings: answer.n[i] ?? 0,
    vacancies: answer.v[i] ?? 0,
    pay: answer.pay[i] ?? null,
  };
}

/** This will draw the cells: a step of the ramp and a height each. Drawn 6 % smaller, so that streets show between. */
export function polygons(
  answer: MapAnswer,
  steps: number[],
  place: (point: Place) => Place = (point) => point,
): FeatureCollection<Polygon> {
  const most = Math.max(1, ...answer.n);
  const features = answer.q.map((_, i): Feature<Polygon> => {
    const cell = cellAt(answer, i);
    const outline = ring(centre(cell.q, cell.r, cell.radius, answer.origin), cell.radius * 0.94, 6).map(place);
    return {
      type: "Feature",
      id: i,
      properties: { row: i, step: stepOf(cell.openings, steps), height: height(cell.openings, most, cell.radius) },
      geometry: { type: "Polygon", coordinates: [outline] },
    };
  });
  return { type: "FeatureCollection", features };
}

/** Tall enough to see, square-rooted so that one giant does not flatten the rest; 0 stands at 0. */
function height(openings: number, most: number, radius: number): number {
  return Math.round(Math.sqrt(openings / most) * radius * 4.2);
}

/** This will name the step (0–4) of a number: `steps` holds the lower bounds of steps 1–4. */
export function stepOf(openings: number, steps: number[]): number {
  return steps.filter((bound) => openings >= bound).length;
}

const ROUND = [1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80, 100, 150, 200, 300, 500, 800, 1000, 2000, 5000, 10_000];

/** This will choose four rising bounds, round numbers near the quantiles, so that each colour is in use. */
export function stepsFor(openings: number[]): number[] {
  const sorted = [...openings].sort((a, b) => a - b);
  const bounds: number[] = [];
  for (const share of [0.3, 0.55, 0.78, 0.93]) {
    const near = roundNear(sorted[Math.floor(share * (sorted.length - 1))] ?? 1);
    const last = bounds.at(-1) ?? 1;
    bounds.push(near > last ? near : (ROUND.find((candidate) => candidate > last) ?? last * 2));
  }
  return bounds;
}

function roundNear(number: number): number {
  return ROUND.reduce((best, candidate) =>
    Math.abs(candidate - number) < Math.abs(best - number) ? candidate : best,
  );
}

/** The ranges a legend prints: "1–4", "5–9", … "50 +". */
export function ranges(steps: number[]): string[] {
  const lower = [1, ...steps];
  return lower.map((from, i) => {
    const next = lower[i + 1];
    if (next === undefined) return `≥ ${from}`;
    return next - 1 <= from ? `${from}` : `${from}–${next - 1}`;
  });
}

/** Metres that a walk of so many minutes covers as the crow flies: the inverse of `places.walk_minutes`. */
export function walkRadius(minutes: number): number {
  return (minutes * WALK_M_PER_MINUTE) / DETOUR;
}

/** The same by bicycle: the inverse of `places.ride_minutes`. */
export function rideRadius(minutes: number): number {
  return (minutes * RIDE_M_PER_MINUTE) / DETOUR;
}

/** This will be true when two answers draw the same cells; when they were counted may differ. */
export function alike(one: MapAnswer | null, other: MapAnswer): boolean {
  const cells = (answer: MapAnswer): string =>
    JSON.stringify([answer.radius_m, answer.q, answer.r, answer.n, answer.v, answer.pay]);
  return one !== null && cells(one) === cells(other);
}
