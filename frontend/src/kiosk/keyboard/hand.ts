/** Handwriting: what was drawn is compared with how a font of this machine draws each character.

    No stroke data are shipped (those that exist are copyleft, see the decision 0010): a picture is a picture.
    1. ink and glyph become grids of 48 × 48, centred and scaled by their moments, so that size and place drop out;
    2. of each grid the slopes of its edges are counted: 8 directions in 8 × 8 fields;
    3. the nearest glyphs by the cosine are the candidates. */

export type Stroke = (readonly [number, number])[];

const SIDE = 48;
const FIELDS = 8;
const DIRECTIONS = 8;
const LENGTH = FIELDS * FIELDS * DIRECTIONS;
const REACH = 2.3; // how many standard deviations lie between the middle and the edge of the grid
const NIB = 1.4; // half the width of a line, in fields of the grid

/** Of each column (or row) the first of the two fields it lies between. */
const LOW = Float32Array.from({ length: SIDE }, (_, at) => Math.floor(place(at)));

/** Characters and the slopes of their edges. */
export class Glyphs {
  readonly #texts: string[] = [];
  readonly #slopes: Float32Array[] = [];

  add(text: string, slopes: Float32Array): void {
    this.#texts.push(text);
    this.#slopes.push(slopes);
  }

  get size(): number {
    return this.#texts.length;
  }

  /** This will list the characters that look most like it, the likeliest first. */
  nearest(slopes: Float32Array, most: number): string[] {
    const near = this.#slopes.map((other, index) => ({ index, like: dot(slopes, other) }));
    return near
      .sort((a, b) => b.like - a.like)
      .slice(0, most)
      .map(({ index }) => this.#texts[index] ?? "");
  }
}

/** This will draw strokes into a grid, whatever their size and place. */
export function gridOfStrokes(strokes: Stroke[]): Float32Array {
  const points = strokes.flatMap((stroke) => steps(stroke, spread(strokes) / 60));
  const frame = frameOf(points.map(([x, y]) => [x, y, 1]));
  const grid = new Float32Array(SIDE * SIDE);
  for (const stroke of strokes) {
    const placed = stroke.map(([x, y]) => frame(x, y));
    for (const [x, y] of steps(placed, 0.5)) blot(grid, x, y);
  }
  return grid;
}

/** This will bring the picture of a glyph (one byte of darkness a pixel) into a grid. */
export function gridOfPicture(dark: Uint8ClampedArray, width: number): Float32Array {
  const weighted: [number, number, number][] = [];
  dark.forEach((value, at) => value > 40 && weighted.push([at % width, Math.floor(at / width), value / 255]));
  const frame = frameOf(weighted);
  const grid = new Float32Array(SIDE * SIDE);
  // A stretched line must have no gaps: each pixel is drawn at two corners.
  for (const [x, y, value] of weighted) {
    for (const step of [-0.25, 0.25]) {
      const [gx, gy] = frame(x + step, y + step);
      mark(grid, Math.round(gx), Math.round(gy), value);
    }
  }
  return grid;
}

/** This will count the slopes of a grid's edges, field by field; its length is 1. */
export function slopesOf(sharp: Float32Array): Float32Array {
  const grid = blurred(sharp);
  const found = new Float32Array(LENGTH);
  for (let y = 1; y < SIDE - 1; y += 1) {
    for (let x = 1; x < SIDE - 1; x += 1) {
      const at = y * SIDE + x;
      const dx = value(grid, at + 1) - value(grid, at - 1);
      const dy = value(grid, at + SIDE) - value(grid, at - SIDE);
      if (dx * dx + dy * dy > 0.0004) spreadOut(found, x, y, dx, dy);
    }
  }
  return unit(found.map(Math.sqrt));
}

/** The share of a slope that belongs to the four nearest fields and the two nearest directions. */
function spreadOut(found: Float32Array, x: number, y: number, dx: number, dy: number): void {
  const steep = Math.sqrt(dx * dx + dy * dy);
  const turn = ((Math.atan2(dy, dx) / (2 * Math.PI)) * DIRECTIONS + DIRECTIONS) % DIRECTIONS;
  const way = Math.floor(turn);
  const [first, second] = [way % DIRECTIONS, (way + 1) % DIRECTIONS];
  const beyond = turn - way;
  for (let cy = value(LOW, y); cy <= value(LOW, y) + 1; cy += 1) {
    for (let cx = value(LOW, x); cx <= value(LOW, x) + 1; cx += 1) {
      if (cx < 0 || cy < 0 || cx >= FIELDS || cy >= FIELDS) continue;
      const share = steep * near(x, cx) * near(y, cy);
      const at = (cy * FIELDS + cx) * DIRECTIONS;
      found[at + first] = value(found, at + first) + share * (1 - beyond);
      found[at + second] = value(found, at + second) + share * beyond;
    }
  }
}

/** How much a column (or row) of the grid belongs to a field whose middle is `far` fields away. */
function near(at: number, field: number): number {
  return 1 - Math.abs(place(at) - field);
}

function place(at: number): number {
  return (at / SIDE) * FIELDS - 0.5;
}

/** Where a point lands in the grid: the middle of the ink in the middle, its spread made even, within limits. */
function frameOf(points: readonly (readonly [number, number, number])[]): (x: number, y: number) => [number, number] {
  let [weight, sx, sy, sxx, syy] = [0, 0, 0, 0, 0];
  for (const [x, y, w] of points) {
    weight += w;
    sx += x * w;
    sy += y * w;
    sxx += x * x * w;
    syy += y * y * w;
  }
  weight ||= 1;
  const [mx, my] = [sx / weight, sy / weight];
  const dx = Math.sqrt(Math.max(0, sxx / weight - mx * mx)) || 1;
  const dy = Math.sqrt(Math.max(0, syy / weight - my * my)) || 1;
  // A lying or a standing line (一, 丨) stays one: no side is stretched to more than twice the other.
  const wide = Math.max(dx, dy / 2) * REACH;
  const high = Math.max(dy, dx / 2) * REACH;
  const half = SIDE / 2;
  return (x, y) => [half + ((x - mx) / wide) * half, half + ((y - my) / high) * half];
}

/** Points along a line, never farther apart than `step`. */
function steps(line: Stroke, step: number): [number, number][] {
  const found: [number, number][] = line.slice(0, 1).map(([x, y]) => [x, y]);
  for (let n = 1; n < line.length; n += 1) {
    const [[ax, ay], [bx, by]] = [line[n - 1] ?? [0, 0], line[n] ?? [0, 0]];
    const count = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / Math.max(step, 1e-6)));
    for (let k = 1; k <= count; k += 1) found.push([ax + ((bx - ax) * k) / count, ay + ((by - ay) * k) / count]);
  }
  return found;
}

function spread(strokes: Stroke[]): number {
  const xs = strokes.flat().map(([x]) => x);
  const ys = strokes.flat().map(([, y]) => y);
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 1);
}

/** A round spot of the nib's width. */
function blot(grid: Float32Array, x: number, y: number): void {
  const reach = Math.ceil(NIB);
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const [px, py] = [Math.round(x) + dx, Math.round(y) + dy];
      const far = Math.hypot(px - x, py - y);
      if (far < NIB + 0.5) mark(grid, px, py, Math.min(1, NIB + 0.5 - far));
    }
  }
}

function mark(grid: Float32Array, x: number, y: number, dark: number): void {
  if (x < 0 || y < 0 || x >= SIDE || y >= SIDE) return;
  grid[y * SIDE + x] = Math.max(value(grid, y * SIDE + x), dark);
}

/** Twice the mean of three by three, across and then down: a hand trembles. */
function blurred(grid: Float32Array): Float32Array {
  return [1, SIDE, 1, SIDE].reduce(meanAlong, grid);
}

function meanAlong(grid: Float32Array, step: number): Float32Array {
  const mean = new Float32Array(grid.length);
  for (let at = SIDE; at < grid.length - SIDE; at += 1) {
    mean[at] = (value(grid, at - step) + value(grid, at) + value(grid, at + step)) / 3;
  }
  return mean;
}

function unit(found: Float32Array): Float32Array {
  const long = Math.sqrt(dot(found, found)) || 1;
  return found.map((one) => one / long);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += value(a, at) * value(b, at);
  return sum;
}

function value(of: Float32Array, at: number): number {
  return of[at] ?? 0;
}
