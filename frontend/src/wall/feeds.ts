/** The wall's data: six blocks of one choice, each asked for in its own time and kept on this machine. */

import { Live } from "../core/live";
import type { MapAnswer } from "../map/cells";
import type { Figures, Listing } from "./answers";
import { listUrl, mapUrl, narrationUrl, type Choice, type Sources } from "./choice";
import type { Narration } from "./narration";
import type { Notices } from "./asked";
import type { Programme } from "./week";

export interface Told {
  figures(answer: Figures): void;
  /** With the choice it answers: another may have been made since. */
  list(answer: Listing, choice: Choice): void;
  map(answer: MapAnswer): void;
  narration(answer: Narration): void;
  programme(answer: Programme): void;
  notices(answer: Notices): void;
}

/** What changes from outside, by the topic that says so (core/news). */
const BY_TOPIC: Record<string, (keyof Told)[]> = {
  vacancies: ["figures", "list", "map", "narration"],
  programme: ["programme"],
  windows: ["notices"],
};
const SLOW = 300_000;

export class Feeds {
  readonly figures: Live<Figures>;
  readonly list: Live<Listing>;
  readonly #map: Live<MapAnswer>;
  readonly #narration: Live<Narration>;
  readonly #programme: Live<Programme>;
  readonly #notices: Live<Notices>;

  #choice: Choice;

  constructor(
    private readonly sources: () => Sources,
    choice: Choice,
    askMs: number,
    told: Told,
  ) {
    const now = sources();
    this.#choice = choice;
    const often = { interval: askMs };
    // The programme changes a few times a month; news of it comes by itself.
    const seldom = { interval: SLOW, offlineAfter: 3 * SLOW };
    this.figures = new Live(now.figures, often, ({ data }) => told.figures(data));
    this.list = new Live(listUrl(choice, now), often, ({ data }) => told.list(data, this.#choice));
    this.#map = new Live(mapUrl(choice, now), often, ({ data }) => told.map(data));
    this.#narration = new Live(narrationUrl(choice, now), often, ({ data }) => told.narration(data));
    this.#programme = new Live(now.programme, seldom, ({ data }) => told.programme(data));
    this.#notices = new Live(now.notices, seldom, ({ data }) => told.notices(data));
  }

  start(life: AbortSignal): void {
    for (const block of this.#of(Object.values(BY_TOPIC).flat())) void block.start(life);
  }

  /** What is known now about the present choice. */
  get listed(): [Listing, Choice] | null {
    const { answer } = this.list;
    return answer && [answer.data, this.#choice];
  }

  /** Something changed: what shows it is asked for again at once. */
  news(topic: string, life: AbortSignal): void {
    for (const block of this.#of(BY_TOPIC[topic] ?? [])) void block.nudge(life);
  }

  /** This will turn to another choice; true once there is a list for it. */
  async turn(choice: Choice, life: AbortSignal): Promise<boolean> {
    const now = this.sources();
    this.#choice = choice;
    const [list] = await Promise.all([
      this.list.turn(listUrl(choice, now), life),
      this.#map.turn(mapUrl(choice, now), life),
      this.#narration.turn(narrationUrl(choice, now), life),
    ]);
    return list;
  }

  /** A block without an address is one this house does not have. */
  #of(names: (keyof Told)[]): Live<unknown>[] {
    const all = {
      figures: this.figures, list: this.list, map: this.#map,
      narration: this.#narration, programme: this.#programme, notices: this.#notices,
    }; // prettier-ignore
    return names.map((name) => all[name] as Live<unknown>).filter((block) => block.url !== "");
  }
}
