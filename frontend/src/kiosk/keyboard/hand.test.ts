import { expect, test } from "vitest";
import { Glyphs, gridOfPicture, gridOfStrokes, slopesOf, type Stroke } from "./hand";

/** Known characters as a hand writes them, in a square of 100. */
const WRITTEN: Record<string, Stroke[]> = {
  一: [[[5, 50], [95, 50]]],
  十: [[[10, 45], [90, 45]], [[50, 5], [50, 95]]],
  口: [[[20, 20], [20, 80]], [[20, 20], [80, 20], [80, 80]], [[20, 78], [80, 78]]],
  人: [[[50, 5], [45, 45], [10, 95]], [[48, 45], [90, 95]]],
  木: [[[10, 35], [90, 35]], [[50, 5], [50, 95]], [[50, 35], [15, 80]], [[50, 35], [85, 80]]],
  工: [[[20, 20], [80, 20]], [[50, 20], [50, 80]], [[10, 80], [90, 80]]],
  小: [[[50, 5], [50, 90], [40, 82]], [[30, 40], [15, 70]], [[70, 40], [88, 70]]],
}; // prettier-ignore

const glyphs = new Glyphs();
for (const [text, strokes] of Object.entries(WRITTEN)) glyphs.add(text, slopesOf(gridOfStrokes(strokes)));

/** Another hand: larger, elsewhere, leaning and trembling. */
function again(strokes: Stroke[], seed: number): Stroke[] {
  let state = seed;
  const tremble = (): number => ((state = (state * 16807) % 2147483647) / 2147483647 - 0.5) * 7;
  return strokes.map((stroke) => stroke.map(([x, y]) => [300 + 2.3 * x + 0.2 * y + tremble(), 40 + 2.6 * y + tremble()]));
}

test.each(Object.keys(WRITTEN))("%s is read again, whoever writes it how large", (text) => {
  for (const seed of [1, 77, 4242]) {
    expect(glyphs.nearest(slopesOf(gridOfStrokes(again(WRITTEN[text] ?? [], seed))), 1)).toEqual([text]);
  }
});

test("what was drawn as a picture and what was drawn with strokes meet", () => {
  const side = 72;
  const dark = new Uint8ClampedArray(side * side);
  for (let at = 8; at < 64; at += 1) for (let wide = 0; wide < 4; wide += 1) {
    dark[(34 + wide) * side + at] = 255;
    dark[at * side + 34 + wide] = 255;
  }
  expect(glyphs.nearest(slopesOf(gridOfPicture(dark, side)), 1)).toEqual(["十"]);
});

test("a dot and nothing at all do no harm", () => {
  expect(glyphs.nearest(slopesOf(gridOfStrokes([[[5, 5]]])), 3)).toHaveLength(3);
  expect(glyphs.nearest(slopesOf(gridOfStrokes([])), 3)).toHaveLength(3);
});
