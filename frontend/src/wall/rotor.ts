/** One place, several blocks: each has its turn; a touch on a tab holds it. */

import { part } from "../core/dom";

export class Rotor {
  #shown = "";
  readonly #filled = new Set<string>();

  constructor(
    private readonly root: ParentNode,
    private readonly names: readonly string[],
  ) {}

  /** This will note whether a block has anything to show; what is empty has no turn. */
  fill(name: string, full: boolean): void {
    if (full) this.#filled.add(name);
    else this.#filled.delete(name);
    if (!this.#filled.has(this.#shown)) this.turn();
    else this.#mark();
  }

  /** This will show the next block that has something to show. */
  turn(): void {
    this.show(nextOf(this.names.filter((name) => this.#filled.has(name)), this.#shown));
  }

  /** "" where nothing has anything to show: then the place is empty. */
  show(name: string): void {
    this.#shown = name;
    this.#mark();
  }

  #mark(): void {
    for (const name of this.names) {
      part(this.root, `${name}-block`).hidden = name !== this.#shown;
      const tab = this.root.querySelector<HTMLElement>(`[data-turn="${name}"]`);
      if (!tab) continue;
      tab.hidden = !this.#filled.has(name);
      tab.setAttribute("aria-pressed", String(name === this.#shown));
    }
  }
}

/** The one after `now`, round and round; "" where there is none. */
export function nextOf(names: readonly string[], now: string): string {
  return names[(names.indexOf(now) + 1) % Math.max(1, names.length)] ?? "";
}
