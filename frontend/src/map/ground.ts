/** What lies under the cells: what the house answers, else our own drawing, which comes with the page. */

import type { Feature, FeatureCollection } from "geojson";
import type { System } from "./crs";

/** `GET /api/v1/basemap`. Its features are in `crs_name` already. */
interface BasemapAnswer extends FeatureCollection {
  crs_name: System;
  note: string;
  attribution: string;
  approval: string;
  tiles: string[][];
  deepest: number | null;
}

export interface Ground {
  system: System;
  /** The line below the map: what kind of map, whom to name, under which number it was examined. */
  credits: string[];
  tiles: string[][];
  deepest: number;
  features: Feature[];
}

/** The width of a line of the metro. */
const TRACK_PX = 4;
const PATIENCE_MS = 4_000;

/** This will ask the house; a house that does not answer is no reason for an empty map. */
export async function groundFrom(src: string, drawn: () => Promise<Ground>, life: AbortSignal): Promise<Ground> {
  try {
    const signal = AbortSignal.any?.([life, AbortSignal.timeout(PATIENCE_MS)]) ?? life;
    const response = await fetch(src, { signal });
    if (!response.ok) throw new Error(`${src}: ${response.status}`);
    return read((await response.json()) as BasemapAnswer);
  } catch (error) {
    if (!life.aborted) console.warn("map ground", error);
    return drawn();
  }
}

/** This will be our drawing as it comes with the page, also without a network on a screen that keeps it. */
export async function schematic(url: string, credits: string[]): Promise<Ground> {
  let features: Feature[] = [];
  try {
    features = ((await (await fetch(url)).json()) as FeatureCollection).features;
  } catch (error) {
    console.warn("map drawing", error);
  }
  return { system: "wgs84", credits, tiles: [], deepest: 18, features };
}

export function read(answer: BasemapAnswer): Ground {
  return {
    system: answer.crs_name,
    credits: [answer.note, answer.attribution, answer.approval].filter(Boolean),
    tiles: answer.tiles,
    deepest: answer.deepest ?? 18,
    features: answer.features,
  };
}

/** Counts what tiles do: three failures without a success between them, and the tiles are given up. */
export class Trust {
  #failures = 0;

  constructor(private readonly most = 3) {}

  came(): void {
    this.#failures = 0;
  }

  /** This will be true when it was one too many. */
  failed(): boolean {
    this.#failures += 1;
    return this.#failures >= this.most;
  }
}

/** Lines that share a track ("3/4") are drawn side by side: a feature each, `beside` pixels off its middle. */
export function sideBySide(features: Feature[]): Feature[] {
  return features.flatMap((one) => {
    const lines = String(one.properties?.["line"] ?? "").split("/");
    if (lines.length < 2) return [one];
    return lines.map((line, n) => ({
      ...one,
      properties: { ...one.properties, line, beside: TRACK_PX * (n - (lines.length - 1) / 2) },
    }));
  });
}
