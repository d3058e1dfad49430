/** One block that throws must not take the others with it. */

const TEN_MINUTES = 600_000;
const TOO_MANY = 3;

export class Faults {
  readonly #times = new Map<string, number[]>();

  constructor(private readonly told: (block: string, error: unknown) => void = console.warn) {}

  /** This will run a block's drawing; a fault leaves its last good rendering. False after three in ten minutes. */
  guard(block: string, draw: () => void, now = Date.now()): boolean {
    try {
      draw();
    } catch (error) {
      this.note(block, error, now);
    }
    return this.isWell(block, now);
  }

  /** This will count a fault of a block that draws in its own time. */
  note(block: string, error: unknown, now = Date.now()): void {
    this.#times.set(block, [...this.#recent(block, now), now]);
    this.told(block, error);
  }

  /** False after three faults in ten minutes, until the first of them is ten minutes old. */
  isWell(block: string, now = Date.now()): boolean {
    return this.#recent(block, now).length < TOO_MANY;
  }

  #recent(block: string, now: number): number[] {
    return (this.#times.get(block) ?? []).filter((at) => now - at < TEN_MINUTES);
  }
}
