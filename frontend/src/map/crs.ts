/** The shift Chinese web maps are drawn with, and the way back: what `places/crs.py` does, for the tiles of AMap. */

export type System = "wgs84" | "gcj02";
export type Place = [number, number];

const AXIS = 6_378_245;
const ECCENTRICITY2 = 0.006_693_421_622_965_943;

/** This will turn WGS-84 into the system a map is drawn in. */
export function into(system: System): (place: Place) => Place {
  return system === "gcj02" ? wgsToGcj : (place) => place;
}

/** This will turn a place on the map back into WGS-84: what was tapped. */
export function outOf(system: System): (place: Place) => Place {
  return system === "gcj02" ? gcjToWgs : (place) => place;
}

export function wgsToGcj([lon, lat]: Place): Place {
  const [east, north] = shift(lon - 105, lat - 35);
  const turn = (lat * Math.PI) / 180;
  const m = 1 - ECCENTRICITY2 * Math.sin(turn) ** 2;
  return [
    lon + (east * 180) / ((AXIS / Math.sqrt(m)) * Math.cos(turn) * Math.PI),
    lat + (north * 180) / (((AXIS * (1 - ECCENTRICITY2)) / (m * Math.sqrt(m))) * Math.PI),
  ];
}

/** Walks its error back; after six rounds the rest is below 1 mm. */
export function gcjToWgs([lon, lat]: Place): Place {
  let [x, y] = [lon, lat];
  for (let round = 0; round < 6; round += 1) {
    const [gx, gy] = wgsToGcj([x, y]);
    [x, y] = [x - (gx - lon), y - (gy - lat)];
  }
  return [x, y];
}

/** Metres east and north, x and y in degrees from 105° E, 35° N. */
function shift(x: number, y: number): Place {
  const [p, root, sin] = [Math.PI, Math.sqrt(Math.abs(x)), Math.sin];
  const wave = ((20 * sin(6 * x * p) + 20 * sin(2 * x * p)) * 2) / 3;
  let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave;
  north += ((20 * sin(y * p) + 40 * sin((y / 3) * p)) * 2) / 3;
  north += ((160 * sin((y / 12) * p) + 320 * sin((y * p) / 30)) * 2) / 3;
  let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave;
  east += ((20 * sin(x * p) + 40 * sin((x / 3) * p)) * 2) / 3;
  east += ((150 * sin((x / 12) * p) + 300 * sin((x / 30) * p)) * 2) / 3;
  return [east, north];
}
