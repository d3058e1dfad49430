/** The data of live blocks: one question per source, however many items show it. */

import { Answered } from "../core/device";
import { Live } from "../core/live";
import type { Manifest } from "../core/playing/manifest";
import type { Data } from "./blocks/sight";

const RULE = { interval: 60_000, lateAfter: 3, offlineAfter: 300_000 };

interface Asked {
  live: Live<unknown>;
  life: AbortController;
}

export class Sources {
  readonly #asked = new Map<string, Asked>();

  constructor(
    /** Where the house stands, "lon,lat": for walking minutes. */
    private readonly here: string,
    private readonly came: () => void,
    private readonly failed: (error: unknown) => void,
    private readonly life: AbortSignal,
  ) {
    life.addEventListener("abort", () => this.want([]), { once: true });
  }

  /** This will ask for what these manifests show, and stop asking for anything else. */
  want(manifests: (Manifest | null)[]): void {
    const urls = new Set(manifests.flatMap((one) => sourcesOf(one)));
    for (const [url, { life }] of this.#asked) {
      if (urls.has(url)) continue;
      life.abort();
      this.#asked.delete(url);
    }
    for (const url of urls) if (!this.#asked.has(url) && !this.life.aborted) this.#ask(url);
  }

  /** This will ask again at once for sources below a path: the house has said that something changed there. */
  again(path: string): void {
    for (const [url, { live, life }] of this.#asked) if (url.startsWith(path)) void live.ask(life.signal);
  }

  of(url: string | null, now: number): Data | null {
    const live = url ? this.#asked.get(url)?.live : undefined;
    return live?.answer ? { data: live.answer.data, at: live.answer.at, freshness: live.freshness(now) } : null;
  }

  #ask(url: string): void {
    const life = new AbortController();
    const live = new Live<unknown>(located(url, this.here), RULE, this.came, this.failed);
    this.#asked.set(url, { live, life });
    void live.start(life.signal);
  }
}

/** This will tell an answer that was wrong from a line that is down. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Answered || (error instanceof Error && /: \d{3}$/.test(error.message));
}

function sourcesOf(manifest: Manifest | null): string[] {
  const items = (manifest?.entries ?? []).flatMap((entry) => entry.items);
  return items.map((item) => item.source).filter((source): source is string => source !== null);
}

/** This will ask for vacancies as seen from the house, so that each has its minutes on foot. */
export function located(url: string, here: string): string {
  if (!url.startsWith("/api/v1/vacancies") || /[?&]from=/.test(url)) return url;
  return `${url}${url.includes("?") ? "&" : "?"}from=${encodeURIComponent(here)}`;
}
