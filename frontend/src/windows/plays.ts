/** What a window has shown, written down here first: it survives outages and reloads, and is told once. */

import type { Clock } from "../core/clock";
import { Unknown, type Device } from "../core/device";
import { newId } from "../core/reporter";
import { count, drop, first, put, take } from "../core/shelf";
import type { Turn } from "../core/playing/schedule";

export const BATCH = 200;
/** More than a week of ten-second items. Older ones go: a screen's storage is not endless. */
const MOST = 60_000;

export type Result = "shown" | "cut" | "failed";

export interface Play {
  client_id: string;
  seq: number;
  placement: string;
  item: string;
  started_at: string;
  skew_ms: number;
  shown_ms: number;
  result: Result;
}

export interface Answer {
  client_id: string;
  state: "new" | "known" | "refused";
  why?: string;
}

export class Plays {
  #seq = 0;
  #busy = false;
  /** The last try found no line: whoever next finds one says so. */
  late = false;
  /** Steady starts of plays that began before the house had told the time: they are put right when it has. */
  readonly #unsure = new Map<string, number>();

  constructor(
    private readonly device: Device | null,
    private readonly clock: Clock,
  ) {}

  async recall(): Promise<void> {
    this.#seq = (await take<number>("seq")) ?? 0;
  }

  /** This will write down one showing that began at a steady moment. */
  async note(turn: Turn, startedAt: number, shownMs: number, result: Result): Promise<void> {
    if (!this.device) return;
    const seq = ++this.#seq;
    const what = { client_id: newId(), seq, placement: turn.placement, item: turn.item.id };
    const play: Play = { ...what, ...times(this.clock, startedAt), shown_ms: Math.round(shownMs), result };
    if (!this.clock.heard) this.#unsure.set(play.client_id, startedAt);
    await put("seq", seq);
    await put(keyOf(seq), play, "plays");
    if (seq % 1000 === 0 && (await count("plays")) > MOST) await drop([keyOf(seq - MOST)], "plays");
  }

  /** This will tell what waits, 200 at a time; what the house has answered for is dropped. Raises Unknown. */
  async send(): Promise<void> {
    if (!this.device || this.#busy) return;
    this.#busy = true;
    try {
      while (await this.#sendSome(this.device)) continue;
      this.late = false;
    } catch (error) {
      if (error instanceof Unknown) throw error;
      // The line is down or the house is: they wait.
      this.late = true;
    } finally {
      this.#busy = false;
    }
  }

  async #sendSome(device: Device): Promise<boolean> {
    const plays = await first<Play>(BATCH, "plays");
    if (plays.length === 0) return false;
    const inTime = plays.map((play) => this.#corrected(play));
    const { answers } = await device.tell<{ answers: Answer[] }>("plays", { plays: inTime });
    for (const { state, why, client_id } of answers) if (state === "refused") console.warn("play", client_id, why);
    const done = settled(plays, answers);
    await drop(done.map((play) => keyOf(play.seq)), "plays");
    done.forEach((play) => this.#unsure.delete(play.client_id));
    return done.length > 0 && plays.length === BATCH;
  }

  #corrected(play: Play): Play {
    const startedAt = this.#unsure.get(play.client_id);
    return startedAt === undefined ? play : { ...play, ...times(this.clock, startedAt) };
  }
}

/** When a steady moment was by this machine's own clock, and how far that is ahead of the house's. */
export function times(clock: Clock, steady: number): Pick<Play, "started_at" | "skew_ms"> {
  const skew_ms = clock.skew;
  return { started_at: new Date(clock.at(steady) + skew_ms).toISOString(), skew_ms };
}

/** This will be the plays the house has answered for, whatever it said: a refusal is final too. */
export function settled(plays: Play[], answers: Answer[]): Play[] {
  const known = new Set(answers.map((answer) => answer.client_id));
  return plays.filter((play) => known.has(play.client_id));
}

/** Names sort as numbers do. */
function keyOf(seq: number): string {
  return String(seq).padStart(12, "0");
}
