/** A block's data: asked for again and again, remembered, and honest about its age. */

import { every } from "./time";
import { keep, recall, type Kept } from "./keep";

/** How old a block's data may look. See the table of states in the front end's README. */
export type Freshness = "fresh" | "late" | "offline";

export interface LiveRule {
  /** Asked for every so many ms. */
  interval: number;
  /** Older than this many intervals is late. */
  lateAfter?: number;
  /** No answer for so many ms is offline. */
  offlineAfter?: number;
}

/** This will name the freshness of an answer that came `age` ms ago. */
export function freshness(age: number, rule: LiveRule): Freshness {
  if (age > (rule.offlineAfter ?? 60_000)) return "offline";
  return age > (rule.lateAfter ?? 2) * rule.interval ? "late" : "fresh";
}

/** How far the server's clock is ahead of ours, in ms; smoothed by taking whole seconds only. */
export function skewFrom(dateHeader: string | null, now: number): number | null {
  const server = dateHeader ? Date.parse(dateHeader) : Number.NaN;
  return Number.isNaN(server) ? null : Math.round((server - now) / 1000) * 1000;
}

export class Live<T> {
  answer: Kept<T> | null = null;
  /** ms to add to this machine's clock. */
  skew = 0;
  #url: string;
  /** The question on its way, with those that follow it at once. */
  #asking: Promise<void> | null = null;
  #overtaken = new AbortController();
  /** Something changed while a question was on its way: the answer may not know of it. */
  #nudged = false;

  constructor(
    url: string,
    private readonly rule: LiveRule,
    private readonly told: (answer: Kept<T>) => void,
    private readonly failed: (error: unknown) => void = () => undefined,
  ) {
    this.#url = url;
  }

  /** This will show what was kept, then ask, then go on asking until `life` ends. */
  async start(life: AbortSignal): Promise<void> {
    await this.#recall();
    if (life.aborted) return;
    void this.ask(life);
    every(this.rule.interval, () => void this.ask(life), life);
    // The line is back: nobody should look at old figures until the next turn of the clock.
    addEventListener("online", () => void this.ask(life), { signal: life });
  }

  /** This will ask for something else from now on (a filter was tapped); true once there is an answer, or when
      something else again is asked for by then. What was on its way for the old address is not waited for. */
  async turn(url: string, life: AbortSignal): Promise<boolean> {
    const isNew = url !== this.#url;
    if (isNew) {
      this.#url = url;
      this.answer = null;
      this.#overtaken.abort();
      await this.#recall();
    }
    if (isNew || !this.answer) await this.ask(life);
    return url !== this.#url || this.answer !== null;
  }

  get url(): string {
    return this.#url;
  }

  freshness(now: number): Freshness {
    return this.answer ? freshness(now - this.answer.at, this.rule) : "offline";
  }

  /** There is news: this will ask at once, or once more after the question that is on its way. */
  async nudge(life: AbortSignal): Promise<void> {
    this.#nudged = this.#asking !== null;
    await this.ask(life);
  }

  /** This will ask, or wait for the question that is on its way: a slow line must not pile them up. A failure
      leaves the last answer standing. */
  ask(life: AbortSignal): Promise<void> {
    this.#asking ??= this.#askUntilCurrent(life).finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #askUntilCurrent(life: AbortSignal): Promise<void> {
    let url;
    do {
      url = this.#url;
      this.#nudged = false;
      this.#overtaken = new AbortController();
      try {
        await this.#fetch(url, life);
      } catch (error) {
        if (!life.aborted && url === this.#url) this.failed(error);
      }
    } while ((url !== this.#url || this.#nudged) && !life.aborted);
  }

  async #fetch(url: string, life: AbortSignal): Promise<void> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (this.answer?.tag) headers["If-None-Match"] = this.answer.tag;
    const ends = [life, this.#overtaken.signal, AbortSignal.timeout(8_000)];
    const signal = AbortSignal.any ? AbortSignal.any(ends) : life;
    const response = await fetch(url, { headers, signal, credentials: "same-origin", cache: "no-store" });
    this.skew = skewFrom(response.headers.get("Date"), Date.now()) ?? this.skew;
    if (url !== this.#url) return;
    const at = Date.now() + this.skew;
    if (response.status === 304 && this.answer) {
      this.answer = { ...this.answer, at };
    } else if (response.ok) {
      this.answer = { data: (await response.json()) as T, at, tag: response.headers.get("ETag") };
    } else {
      throw new Error(`${url}: ${response.status}`);
    }
    void keep(keyOf(url), this.answer);
    this.told(this.answer);
  }

  async #recall(): Promise<void> {
    const url = this.#url;
    const kept = await recall<T>(keyOf(url));
    if (kept && !this.answer && url === this.#url) {
      this.answer = kept;
      this.told(kept);
    }
  }
}

/** The same address answers in two languages. */
function keyOf(url: string): string {
  return `${document.documentElement.lang} ${url}`;
}
