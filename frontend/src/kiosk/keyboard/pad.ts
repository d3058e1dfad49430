/** The square one writes into with a finger. What is drawn lives here until it is read, and nowhere else. */
import { el } from "../../core/dom";
import { gridOfStrokes, slopesOf, type Glyphs, type Stroke } from "./hand";

const PAUSE_MS = 350; // after a stroke; the next one may belong to the same character
const MOST = 10;

export class Pad {
  readonly canvas = el("canvas", "keyboard__pad") as HTMLCanvasElement;
  #strokes: [number, number][][] = [];
  #timer = 0;

  constructor(label: string, private readonly glyphs: Glyphs, private readonly told: (texts: string[]) => void, life: AbortSignal) {
    this.canvas.setAttribute("aria-label", label);
    this.canvas.setAttribute("role", "img");
    const on = (kind: string, act: (event: PointerEvent) => void): void =>
      this.canvas.addEventListener(kind, (event) => act(event as PointerEvent), { signal: life });
    on("pointerdown", (event) => this.#begin(event));
    on("pointermove", (event) => this.#go(event));
    on("pointerup", () => this.#read());
    on("pointercancel", () => this.#read());
    life.addEventListener("abort", () => this.clear(), { once: true });
  }

  /** This will forget what was drawn. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#strokes = [];
    this.#pen()?.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.told([]);
  }

  /** This will look at what is there, as after the last stroke. */
  read(): void {
    if (!this.#strokes.length || !this.glyphs.size) return;
    this.told(this.glyphs.nearest(slopesOf(gridOfStrokes(this.#strokes as Stroke[])), MOST));
  }

  #begin(event: PointerEvent): void {
    event.preventDefault();
    clearTimeout(this.#timer);
    this.#fit();
    this.canvas.setPointerCapture(event.pointerId);
    this.#strokes.push([this.#point(event)]);
  }

  #go(event: PointerEvent): void {
    if (!this.canvas.hasPointerCapture(event.pointerId)) return;
    this.#strokes.at(-1)?.push(this.#point(event));
    this.#draw();
  }

  #read(): void {
    this.#draw();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.read(), PAUSE_MS);
  }

  #point(event: PointerEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** As many pixels as it is large; changing them wipes it, so only while it is empty. */
  #fit(): void {
    if (this.#strokes.length) return;
    this.canvas.width = this.canvas.clientWidth;
    this.canvas.height = this.canvas.clientHeight;
  }

  #draw(): void {
    const pen = this.#pen();
    const line = this.#strokes.at(-1);
    if (!pen || !line) return;
    const style = getComputedStyle(this.canvas);
    pen.strokeStyle = pen.fillStyle = style.color;
    pen.lineWidth = Math.max(6, this.canvas.height / 28);
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    for (const [x, y] of line.slice(-3)) pen.lineTo(x, y);
    pen.stroke();
  }

  #pen(): CanvasRenderingContext2D | null {
    return this.canvas.getContext("2d");
  }
}
