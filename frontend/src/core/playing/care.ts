/** What keeps a window well for a year: a reload at night and when memory runs full, a watchdog, and a picture
    that does not burn in. */

import type { Clock } from "../clock";
import { heapMb } from "../heartbeat";
import { every } from "../time";
import { shanghai } from "../words";

const HOUR = 3_600_000;
const NIGHT_HOUR = 4;
const HEAP_MB = 200;
const WATCH_MS = 5_000;
const SHORTEST_WATCH_S = 60;
const SHIFTS: [number, number][] = [[0, 0], [4, 0], [4, 4], [0, 4]];

/** Why a page should be loaded anew between two items; "" when it need not be. */
export function reloadReason(facts: { hour: number; openForMs: number; heapMb: number | null }): "" | "night" | "memory" {
  if ((facts.heapMb ?? 0) > HEAP_MB) return "memory";
  return facts.hour === NIGHT_HOUR && facts.openForMs > 2 * HOUR ? "night" : "";
}

/** This will tell whether a reload is due now. */
export function reloadDue(clock: Clock): "" | "night" | "memory" {
  return reloadReason({ hour: shanghai(clock.now()).hour, openForMs: performance.now(), heapMb: heapMb() });
}

/** This will load the page anew where it is sure to come back: from the worker, or from a house that answers. */
export async function reloadSafely(): Promise<boolean> {
  if (!navigator.serviceWorker?.controller && !(await houseAnswers())) return false;
  location.reload();
  return true;
}

async function houseAnswers(): Promise<boolean> {
  try {
    return (await fetch(location.href, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

/** Counts its own ticks, not the clock: a machine that slept has not hung. */
export class Watchdog {
  #ticks = 0;
  #allowed = SHORTEST_WATCH_S;

  /** An item began that should take so many seconds. */
  boundary(seconds: number): void {
    this.#ticks = 0;
    this.#allowed = Math.max(SHORTEST_WATCH_S, 3 * seconds);
  }

  /** This will count one tick; true when three times the item's time has gone by without another. */
  tick(): boolean {
    return ++this.#ticks * (WATCH_MS / 1000) > this.#allowed;
  }

  start(barked: () => void, life: AbortSignal): void {
    every(WATCH_MS, () => void (this.tick() && barked()), life);
  }
}

/** Four pixels every ten minutes, round a square: still letters burn into a panel. */
export function shift(element: HTMLElement, life: AbortSignal): void {
  let at = 0;
  every(600_000, () => {
    const [x, y] = SHIFTS[++at % SHIFTS.length] ?? [0, 0];
    element.style.setProperty("--shift-x", `${x}px`);
    element.style.setProperty("--shift-y", `${y}px`);
  }, life);
}
