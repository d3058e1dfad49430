/** The map's drawing: the schematic below, cells on it, lines and names on top. Colours come from the tokens. */

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "./maplibre";

const COLOURS = [
  "land", "park", "street", "street-edge", "here", "limit", "label", "halo", "ring",
] as const; // prettier-ignore
/** Every line that may cross the map's world, in its public colour. */
const LINES = ["1", "2", "3", "4", "7", "9", "10", "11", "12", "13", "14", "15"] as const;

export interface Palette {
  map: Record<(typeof COLOURS)[number], string>;
  line: Record<string, string>;
  hex: string[];
  accent: string;
  onAccent: string;
  panel: string;
  ink: string;
}

/** This will read the colours that hold at `element` now (day, night). */
export function paletteOf(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim() || "#888888";
  return {
    map: Object.fromEntries(COLOURS.map((name) => [name, token(`map-${name}`)])) as Palette["map"],
    line: Object.fromEntries(LINES.map((name) => [name, token(`line-${name}`)])),
    hex: [1, 2, 3, 4, 5].map((step) => token(`hex-${step}`)),
    accent: token("accent"),
    onAccent: token("on-accent"),
    panel: token("panel"),
    ink: token("ink"),
  };
}

export interface Look {
  palette: Palette;
  /** The product language decides which name of a street is printed. */
  language: "zh" | "en";
  /** CSS pixels per design pixel: MapLibre knows no rem. */
  k: number;
  /** How much larger names are than on a page: a wall is read from metres away. */
  text: number;
  flat: boolean;
  /** Tiles of others lie below: they bring land, streets and names themselves. */
  tiled: boolean;
}

type Sources = StyleSpecification["sources"];

export function styleFor(look: Look, sources: Sources): StyleSpecification {
  return {
    version: 8,
    // No `glyphs`: names are drawn with the machine's own font.
    sources,
    light: { anchor: "viewport", color: "#ffffff", intensity: 0.3, position: [1.2, 200, 35] },
    layers: [...ground(look, sources), ...cells(look), ...lines(look), ...names(look)],
  };
}

/** Sources of tiles are called tiles-0 (land), tiles-1 (words on it), … */
export const TILES = "tiles-";

function ground({ palette: p, k, tiled }: Look, sources: Sources): LayerSpecification[] {
  const tiles = Object.keys(sources).filter((name) => name.startsWith(TILES));
  const streets = { source: "base", filter: kind("street"), type: "line" } as const;
  const round = { "line-cap": "round", "line-join": "round" } as const;
  return [
    { id: "land", type: "background", paint: { "background-color": p.map.land } },
    ...tiles.map((name): LayerSpecification => ({ id: name, type: "raster", source: name, paint: { "raster-fade-duration": 0 } })),
    {
      id: "here",
      type: "fill",
      source: "base",
      filter: kind("limits"),
      // The dashed limits lie on its edge.
      paint: { "fill-color": p.map.here, "fill-opacity": tiled ? 0 : 1, "fill-antialias": false },
    },
    { id: "parks", type: "fill", source: "base", filter: kind("park"), paint: { "fill-color": p.map.park } },
    {
      id: "street-edges",
      ...streets,
      layout: round,
      paint: { "line-color": p.map["street-edge"], "line-width": streetWidth(k, 1.6) },
    },
    {
      id: "streets",
      ...streets,
      layout: round,
      paint: { "line-color": p.map.street, "line-width": streetWidth(k, 0) },
    },
    {
      // Its two edges beside the street it stands over.
      id: "elevated",
      type: "line",
      source: "base",
      filter: kind("elevated"),
      layout: round,
      paint: {
        "line-color": p.map["street-edge"],
        "line-width": 1.6 * k,
        "line-gap-width": streetWidth(k, 2),
      },
    },
  ];
}

function cells({ palette: p, flat, k }: Look): LayerSpecification[] {
  const colour = ["match", ["get", "step"], ...p.hex.slice(0, 4).flatMap((c, i) => [i, c]), p.hex[4]] as unknown;
  const fill = colour as ExpressionSpecification;
  const body: LayerSpecification = flat
    ? { id: "cells", type: "fill", source: "cells", paint: { "fill-color": fill, "fill-opacity": 0.8 } }
    : {
        id: "cells",
        type: "fill-extrusion",
        source: "cells",
        paint: {
          "fill-extrusion-color": fill,
          "fill-extrusion-height": ["get", "height"],
          "fill-extrusion-opacity": 0.86,
          "fill-extrusion-vertical-gradient": true,
        },
      };
  return [
    body,
    chosenCell(flat, p.map.ring, 3 * k),
  ];
}

/** The tapped cell, in the colour of data: a column on a tall map, an outline on a flat one. */
function chosenCell(flat: boolean, colour: string, width: number): LayerSpecification {
  const none: ExpressionSpecification = ["==", ["get", "row"], -1];
  const chosen = { id: "chosen", source: "cells", filter: none };
  if (flat) return { ...chosen, type: "line", paint: { "line-color": colour, "line-width": width } };
  const height: ExpressionSpecification = ["+", ["get", "height"], 2];
  return {
    ...chosen,
    type: "fill-extrusion",
    paint: { "fill-extrusion-color": colour, "fill-extrusion-height": height },
  };
}

/** As few layers as there are ways to draw: each costs every frame, whatever is in it. */
function lines({ palette: p, k }: Look): LayerSpecification[] {
  const colours = ["match", ["get", "line"], ...LINES.flatMap((line) => [line, p.line[line]]), p.map.label] as unknown;
  const of = <T>(name: string, value: string, then: T, otherwise: T): ExpressionSpecification =>
    ["match", ["get", name], value, then, otherwise] as unknown as ExpressionSpecification;
  const dashes = (...strokes: number[]): ExpressionSpecification => ["literal", strokes];
  return [
    {
      id: "limits",
      type: "line",
      source: "base",
      filter: ["in", ["get", "kind"], ["literal", ["border", "limits"]]],
      layout: { "line-join": "round" },
      paint: {
        "line-color": of("kind", "limits", p.map.limit, p.map.label),
        "line-opacity": of("kind", "limits", 1, 0.45),
        "line-width": of("kind", "limits", 2.2 * k, 1.2 * k),
        "line-dasharray": of("kind", "limits", dashes(3, 2), dashes(4, 3)) as never,
      },
    },
    {
      id: "metro",
      type: "line",
      source: "base",
      filter: kind("metro"),
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": colours as ExpressionSpecification,
        "line-width": 4 * k,
        "line-offset": ["*", k, ["coalesce", ["get", "beside"], 0]],
      },
    },
    {
      id: "stations",
      type: "circle",
      source: "base",
      filter: kind("station"),
      paint: {
        "circle-radius": 5 * k,
        "circle-color": "#ffffff",
        "circle-stroke-color": "#1c2b33",
        "circle-stroke-width": 2 * k,
      },
    },
    {
      // Last of the lines: each change of the source costs a mask of its own. By bicycle longer strokes, so that it is
      // another ring without its words too.
      id: "rings",
      type: "line",
      source: "rings",
      filter: ["==", ["geometry-type"], "LineString"],
      paint: {
        "line-color": p.map.ring,
        "line-width": of("by", "ride", 2.2 * k, 1.6 * k),
        "line-dasharray": of("by", "ride", dashes(9, 3, 2, 3), dashes(4, 3)) as never,
      },
    },
  ];
}

function names({ palette: p, language, k, text }: Look): LayerSpecification[] {
  const field: ExpressionSpecification = ["get", language];
  const halo = { "text-halo-color": p.map.halo, "text-halo-width": 1.8 * k };
  const by = (station: unknown, area: unknown, landmark: unknown): unknown =>
    ["match", ["get", "kind"], "station", station, "area", area, landmark];
  const label = (id: string, of: string, size: number, more: object, colour = p.map.label): LayerSpecification =>
    ({
      id,
      type: "symbol",
      source: "names",
      filter: kind(of),
      layout: {
        "text-field": field,
        "text-font": ["Noto Sans CJK SC Bold"],
        "text-size": size * k * text,
        "text-padding": 4 * k,
        ...more,
      },
      paint: { ...halo, "text-color": colour },
    }) as LayerSpecification;
  const upright = language === "zh";
  // Which sides of its point a name may stand on; "top" is the name's own top, so the name is below.
  const [below, above, right, left] = [["top", [0, 0.8]], ["bottom", [0, -0.8]], ["left", [0.8, 0]], ["right", [-0.8, 0]]];
  const centre = ["center", [0, 0]];
  const on = (...sides: unknown[][]): unknown => ["literal", sides.flat()];
  const sides = [
    "match", ["get", "at"],
    "low", on(above, right, left), "side", on(below, above), "corner", on(above), on(below, above, right, left),
  ]; // prettier-ignore
  return [
    label("street-names", "street", 13, {
      // names.ts gives each street once, cut to what is seen: its middle is never at the edge.
      "symbol-placement": "line-center",
      "text-pitch-alignment": "viewport",
      "symbol-sort-key": ["match", ["get", "rank"], "main", 0, "side", 1, 2],
      "text-max-angle": 40,
      "text-letter-spacing": upright ? 0.08 : 0,
    }),
    {
      // Stations are placed before areas, areas before landmarks.
      ...(label("place-names", "", 0, {
        "text-size": ["*", k * text, by(14, 15, 12)],
        "text-letter-spacing": by(0, upright ? 0.2 : 0.02, 0),
        "text-max-width": by(8, 9, 7),
        "text-variable-anchor-offset": by(sides, on(centre), on(centre)),
        "symbol-sort-key": by(0, 1, 2),
      }) as object),
      filter: ["in", ["get", "kind"], ["literal", ["station", "area", "landmark"]]],
      paint: { ...halo, "text-color": by(p.ink, p.map.label, p.map.label) },
    } as unknown as LayerSpecification,
    // Placed before the stations' names, which may stand on any side of their point.
    {
      ...(label("ring-names", "ring", 13, { "text-field": ["get", "name"] }, p.map.ring) as object),
      source: "rings",
      filter: ["==", ["geometry-type"], "Point"],
    } as unknown as LayerSpecification,
    {
      ...(label("space", "space", 15, { "text-allow-overlap": true }, p.accent) as object),
      paint: { "text-color": p.accent, "text-halo-color": p.map.halo, "text-halo-width": 2.4 * k },
    } as LayerSpecification,
  ];
}

function kind(name: string): ExpressionSpecification {
  return ["==", ["get", "kind"], name];
}

/** Main streets twice as wide as side streets; all grow with the zoom. */
function streetWidth(k: number, edge: number): ExpressionSpecification {
  const at = (main: number, side: number): ExpressionSpecification =>
    ["match", ["get", "rank"], "main", main * k + edge * k, side * k + edge * k];
    // A screen with k times the pixels shows the same ground at a zoom higher by log2 k.
  const zoom = (at1: number): number => at1 + Math.log2(k);
  return [
    "interpolate", ["exponential", 1.6], ["zoom"],
    zoom(12), at(2.4, 1.2), zoom(15), at(8, 4.6), zoom(18), at(26, 15),
  ]; // prettier-ignore
}
