/** One block that throws must not take the others with it. */

export class Faults {
  readonly #times = new Map<string, number[]>();

  constructor(private readonly told: (block: string, error: unknown) => void = console.warn) {}

  /** This will run a block's drawing; a fault leaves its last good rendering. False after three in ten minutes. */
  guard(block: string, draw: () => void, now = Date.now()): boolean {
    try {
      draw();
    } catch (error) {
      const times = (this.#times.get(block) ?? []).filter((at) => now - at < 600_000);
      this.#times.set(block, [...times, now]);
      this.told(block, error);
    }
    return (this.#times.get(block) ?? []).filter((at) => now - at < 600_000).length < 3;
  }
}
