/** The pictures that handwriting is compared with: this machine's own font draws them, a few at a time. */
import { type Glyphs, gridOfPicture, slopesOf } from "./hand";

const SIDE = 72;
const SLICE_MS = 30;

/** This will draw every character and report how far it is (0 to 1); it stops when `life` ends.
    What is there already can be compared with meanwhile. */
export async function draw(glyphs: Glyphs, texts: string[], life: AbortSignal, told: (share: number) => void): Promise<void> {
  const pen = penFor();
  for (let at = 0; pen && at < texts.length && !life.aborted; ) {
    const until = performance.now() + SLICE_MS;
    for (; at < texts.length && performance.now() < until; at += 1) add(glyphs, pen, texts[at] ?? "");
    told(at / texts.length);
    await new Promise((next) => setTimeout(next));
  }
}

function penFor(): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return null;
  pen.font = `64px ${getComputedStyle(document.body).fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  return pen;
}

function add(glyphs: Glyphs, pen: CanvasRenderingContext2D, text: string): void {
  pen.clearRect(0, 0, SIDE, SIDE);
  pen.fillText(text, SIDE / 2, SIDE / 2 + 3);
  const { data } = pen.getImageData(0, 0, SIDE, SIDE);
  const dark = Uint8ClampedArray.from({ length: SIDE * SIDE }, (_, at) => data[4 * at + 3] ?? 0);
  glyphs.add(text, slopesOf(gridOfPicture(dark, SIDE)));
}
