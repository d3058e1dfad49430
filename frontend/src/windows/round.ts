/** The round of a window: from one turn to the next, ready before it is shown, written down after. */

import type { Clock } from "../core/clock";
import type { Settings, Site } from "../core/device";
import { part, write } from "../core/dom";
import type { Faults } from "../core/faults";
import { drawn } from "./blocks/blocks";
import type { Say, Sight } from "./blocks/sight";
import { house } from "./blocks/words";
import type { Sources } from "./data";
import { fit, spread } from "./fit";
import { panelsOf } from "./frame";
import type { Plays, Result } from "./plays";
import { following, keyOf, stepFrom, turnsAt, type Turn } from "../core/playing/schedule";
import { Stage } from "./stage";
import type { Supply } from "../core/playing/supply";

interface Parts {
  clock: Clock;
  supply: Supply;
  sources: Sources;
  plays: Plays;
  faults: Faults;
  say: Say;
  base: string;
  house: Site;
  lang: "zh" | "en";
  /** How this window shows, by the manifest that plays. */
  settings: () => Settings;
  /** Another manifest plays from now on. */
  adopted: () => void;
  began: (seconds: number) => void;
  between: () => Promise<boolean>;
}

const HOUSE_S = 20;
/** A block without anything to show is asked again after so long, or when data come. */
const EMPTY_MS = 30_000;
/** A new manifest waits for the end of an item, but not for the end of a long one. */
const PATIENCE_MS = 40_000;

export class Round {
  readonly #stage: Stage;
  #current: Turn | null = null;
  #since = 0;
  #changing = false;
  /** Its place got another size while it changed. */
  #stale = false;
  #houseShown = "";
  readonly #empty = new Map<string, number>();
  readonly #from = new Map<string, number>();

  constructor(
    private readonly root: HTMLElement,
    private readonly parts: Parts,
  ) {
    this.#stage = new Stage([part(root, "front"), part(root, "back")]);
  }

  get lang(): "zh" | "en" {
    return this.parts.lang;
  }

  /** The content that is shown, for the heartbeat; "" for the house. */
  get showing(): string {
    return this.#current?.item.id ?? "";
  }

  dataCame(): void {
    this.#empty.clear();
  }

  /** This will draw what is shown anew: its place has another size. */
  async redraw(): Promise<void> {
    this.#houseShown = "";
    if (this.#changing) return void (this.#stale = true);
    if (!this.#current) return;
    this.#changing = true;
    try {
      await this.#draw(this.#current);
    } finally {
      this.#changing = false;
    }
  }

  /** This will go on where it is time to; called twice a second, and whenever something came. */
  async step(): Promise<void> {
    if (this.#changing) return;
    this.#changing = true;
    try {
      await this.#step();
    } finally {
      this.#changing = false;
    }
    if (this.#stale) await this.#drawnAnew();
  }

  async #drawnAnew(): Promise<void> {
    this.#stale = false;
    await this.redraw();
  }

  async #step(): Promise<void> {
    const { clock, supply } = this.parts;
    let turns = this.#turns();
    let step = stepFrom(this.#current, turns, clock.steady() - this.#since);
    if (supply.waiting && (step.to !== "stay" || this.#mayNotWait())) {
      const isForced = step.to === "stay" && this.#current !== null;
      supply.adopt();
      this.parts.adopted();
      turns = this.#turns();
      step = stepFrom(this.#current, turns, clock.steady() - this.#since);
      if (isForced && step.to === "stay") step = { to: "cut", turn: following(turns, this.#current) };
    }
    if (step.to === "stay") return this.#current ? undefined : this.#showHouse();
    if (await this.parts.between()) return;
    await this.#go(step.turn, step.to === "cut" ? "cut" : "shown");
  }

  #turns(manifest = this.parts.supply.current): Turn[] {
    const now = this.parts.clock.now();
    return turnsAt(manifest, now, (turn) => this.#isWell(keyOf(turn)));
  }

  #isWell(key: string): boolean {
    const steady = this.parts.clock.steady();
    const empty = this.#empty.get(key);
    return this.parts.faults.isWell(key, steady) && (empty === undefined || steady - empty > EMPTY_MS);
  }

  /** What was taken away or interrupts does not wait for the item's end, nor does anything for very long. */
  #mayNotWait(): boolean {
    const { clock, supply } = this.parts;
    if (!this.#current || clock.steady() - supply.waitingSince > PATIENCE_MS) return true;
    const turns = this.#turns(supply.waiting);
    const key = keyOf(this.#current);
    return !turns.some((turn) => keyOf(turn) === key) || turns.some((turn) => turn.interrupt) !== this.#current.interrupt;
  }

  /** This will try the turns from this one on, each once, until one has something to show; else the house. */
  async #go(turn: Turn | null, ended: Result): Promise<void> {
    const tried = new Set<string>();
    for (let next = turn; next && !tried.has(keyOf(next)); next = following(this.#turns(), next)) {
      tried.add(keyOf(next));
      if (await this.#shown(next, ended)) return;
    }
    this.#finish(ended);
    await this.#showHouse();
  }

  async #shown(turn: Turn, ended: Result): Promise<boolean> {
    const { clock, faults, plays, began } = this.parts;
    const key = keyOf(turn);
    try {
      if (!this.#isSame(turn) && !(await this.#draw(turn))) return false;
    } catch (error) {
      faults.note(key, error, clock.steady());
      void plays.note(turn, clock.steady(), 0, "failed");
      return false;
    }
    this.#finish(ended);
    this.#current = turn;
    this.#since = clock.steady();
    this.#houseShown = "";
    began(turn.item.seconds);
    this.root.dataset["showing"] = turn.interrupt ? "emergency" : turn.item.kind;
    this.root.dataset["item"] = turn.item.id;
    return true;
  }

  /** Written words that are shown already need not be drawn again. */
  #isSame(turn: Turn): boolean {
    return turn.item.source === null && JSON.stringify(turn) === JSON.stringify(this.#current);
  }

  async #draw(turn: Turn): Promise<boolean> {
    const key = keyOf(turn);
    const from = this.#from.get(key) ?? 0;
    const element = drawn(turn, this.#sight(turn, from));
    if (!element) {
      this.#empty.set(key, this.parts.clock.steady());
      return false;
    }
    await this.#stage.show(element, (laid) => {
      const { kept } = this.#fit(laid);
      if (laid.dataset["counts"]) this.#from.set(key, from + kept);
    });
    return true;
  }

  #fit(laid: HTMLElement): { kept: number; left: number } {
    spread(laid, panelsOf(this.parts.settings()));
    const fitted = fit(laid);
    const more = laid.querySelector<HTMLElement>(".window-more");
    if (more) write(more, fitted.left > 0 ? this.parts.say("more", { n: fitted.left }) : "");
    return fitted;
  }

  #finish(result: Result): void {
    const { clock, plays } = this.parts;
    if (this.#current) void plays.note(this.#current, this.#since, clock.steady() - this.#since, result);
    this.#current = null;
  }

  async #showHouse(): Promise<void> {
    this.parts.began(HOUSE_S);
    const sight = this.#sight(null, 0);
    const wanted = JSON.stringify([sight.house, sight.panels, sight.upright]);
    if (this.#houseShown === wanted) return;
    if (this.#houseShown === "" && (await this.parts.between())) return;
    await this.#stage.show(house(sight), (laid) => void this.#fit(laid));
    this.#houseShown = wanted;
    this.root.dataset["showing"] = "house";
    delete this.root.dataset["item"];
  }

  #sight(turn: Turn | null, from: number): Sight {
    const { clock, supply, sources, say, base, lang } = this.parts;
    const now = clock.now();
    const settings = this.parts.settings();
    return {
      say, base, now, lang, from,
      house: supply.current?.house ?? this.parts.house,
      panels: panelsOf(settings),
      upright: settings.orientation === "portrait",
      data: turn ? sources.of(turn.item.source, now) : null,
    };
  }
}
