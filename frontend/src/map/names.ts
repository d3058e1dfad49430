/** Names that are seen whole: a street's name in the middle of the part one sees, and no name cut by the edge. */

import type { Feature, FeatureCollection, Position } from "geojson";

/** What the screen shows of the ground, its corners in order: a trapezium on a tilted map. */
export type View = Position[];

/** Where a point may lie with its name below it, or beside it. */
export interface Room {
  below: View;
  beside: View;
}

const NAMED = new Set(["street", "landmark", "area", "station", "space"]);

/**
 * This will choose what to write and where: points in view, and of each street its longest part in view. Below a
 * point that lies outside `room.below` its name would be cut by the foot of the map, beside one outside
 * `room.beside` by its edge: such a point is marked `low`, `side` or `corner` in `at`.
 */
export function namesIn(view: View, features: Feature[], room: Room = { below: view, beside: view }): FeatureCollection {
  const streets = new Map<string, Feature>();
  const points: Feature[] = [];
  for (const feature of features.filter((one) => NAMED.has(one.properties?.["kind"] as string))) {
    const { geometry } = feature;
    if (geometry.type === "Point" && inside(geometry.coordinates, isLong(feature) ? room.beside : view)) points.push(placed(feature, geometry.coordinates, room));
    for (const line of linesOf(feature)) {
      const part = longest(partsIn(view, line));
      const name = String(feature.properties?.["zh"]);
      if (part && length(part) > length(coordinatesOf(streets.get(name)))) streets.set(name, along(feature, part));
    }
  }
  return { type: "FeatureCollection", features: [...streets.values(), ...points] };
}

/** A long name that stands round its point reaches as far to each side as a station's beside its own. */
function isLong({ properties }: Feature): boolean {
  return properties?.["kind"] !== "station" && String(properties?.["zh"]).length > 4;
}

function placed(feature: Feature, at: Position, room: Room): Feature {
  const [low, side] = [!inside(at, room.below), !inside(at, room.beside)];
  if (!low && !side) return feature;
  return { ...feature, properties: { ...feature.properties, at: low && side ? "corner" : low ? "low" : "side" } };
}

function along(feature: Feature, coordinates: Position[]): Feature {
  return { ...feature, geometry: { type: "LineString", coordinates } };
}

function linesOf({ geometry }: Feature): Position[][] {
  if (geometry.type === "LineString") return [geometry.coordinates];
  return geometry.type === "MultiLineString" ? geometry.coordinates : [];
}

function coordinatesOf(feature: Feature | undefined): Position[] {
  return feature?.geometry.type === "LineString" ? feature.geometry.coordinates : [];
}

/** This will cut a line to the view: the parts of it that lie inside, in order. */
export function partsIn(view: View, line: Position[]): Position[][] {
  const parts: Position[][] = [];
  let open: Position[] = [];
  for (let i = 0; i + 1 < line.length; i += 1) {
    const [a, b] = [line[i] as Position, line[i + 1] as Position];
    const span = spanIn(view, a, b);
    if (!span) continue;
    const [from, to] = [between(a, b, span[0]), between(a, b, span[1])];
    if (span[0] > 0 || !open.length) {
      if (open.length) parts.push(open);
      open = [from];
    }
    open.push(to);
    if (span[1] < 1) {
      parts.push(open);
      open = [];
    }
  }
  return open.length ? [...parts, open] : parts;
}

/** Where the piece a–b enters and leaves the view, as shares of its length (Cyrus and Beck); null outside. */
function spanIn(view: View, a: Position, b: Position): [number, number] | null {
  let [enter, leave] = [0, 1];
  for (const [from, to] of sides(view)) {
    const [before, after] = [side(from, to, a), side(from, to, b)];
    if (before < 0 && after < 0) return null;
    const at = before / (before - after);
    if (before < 0) enter = Math.max(enter, at);
    else if (after < 0) leave = Math.min(leave, at);
  }
  return enter < leave ? [enter, leave] : null;
}

export function inside(point: Position, view: View): boolean {
  return sides(view).every(([from, to]) => side(from, to, point) >= 0);
}

/** The view's sides, so turned that the view lies to their left. */
function sides(view: View): [Position, Position][] {
  const turned = area(view) < 0 ? [...view].reverse() : view;
  return turned.map((corner, i) => [corner, turned[(i + 1) % turned.length] as Position]);
}

function area(view: View): number {
  return view.reduce((sum, corner, i) => {
    const next = view[(i + 1) % view.length] as Position;
    return sum + x(corner) * y(next) - x(next) * y(corner);
  }, 0);
}

function side(from: Position, to: Position, point: Position): number {
  return (x(to) - x(from)) * (y(point) - y(from)) - (y(to) - y(from)) * (x(point) - x(from));
}

function longest(lines: Position[][]): Position[] | null {
  return lines.reduce<Position[] | null>((best, line) => (length(line) > length(best ?? []) ? line : best), null);
}

function length(line: Position[]): number {
  return line.slice(1).reduce((sum, point, i) => {
    const before = line[i] as Position;
    return sum + Math.hypot(x(point) - x(before), y(point) - y(before));
  }, 0);
}

function between(a: Position, b: Position, share: number): Position {
  return [x(a) + share * (x(b) - x(a)), y(a) + share * (y(b) - y(a))];
}

const x = (point: Position): number => point[0] ?? 0;
const y = (point: Position): number => point[1] ?? 0;
