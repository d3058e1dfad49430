/** The frame round the items: the house's name, the clock, the badge of a cut line, and how the canvas stands. */

import { dayOrNight } from "../core/light";
import { part, write } from "../core/dom";
import type { Settings } from "../core/device";
import { clockTime, shanghai } from "../core/words";
import { dayWords, type Say } from "./blocks/sight";

const OFFLINE_MS = 60_000;
/** Nearer, letters would be smaller than anybody prints; farther, one panel holds too few of them. */
const [NEAREST_M, FARTHEST_M] = [1.5, 5];

/** This will set shape, size of letters, panels and light as the device is set up. */
export function fitCanvas(root: HTMLElement, settings: Settings): void {
  const { orientation, viewing_m, elder, seams } = settings;
  root.dataset["shape"] = orientation;
  root.style.setProperty("--reach", String(Math.min(FARTHEST_M, Math.max(NEAREST_M, viewing_m || 2))));
  root.style.setProperty("--elder", elder ? "1.25" : "1");
  const panels = panelsOf(settings);
  root.toggleAttribute("data-seams", panels > 1);
  root.style.setProperty("--columns", String(seams?.columns ?? 1));
  root.style.setProperty("--rows", String(seams?.rows ?? 1));
  root.style.setProperty("--gap", `${seams?.gap_px ?? 0}px`);
}

export function panelsOf(settings: Settings): number {
  return (settings.seams?.columns ?? 1) * (settings.seams?.rows ?? 1);
}

/** A panel hung upright whose machine does not know it: the picture is turned. */
export function isTurned(settings: Settings): boolean {
  const upright = innerHeight > innerWidth;
  return panelsOf(settings) === 1 && upright !== (settings.orientation === "portrait");
}

export function light(now: number, theme: Settings["theme"]): void {
  const root = document.documentElement;
  const lit = dayOrNight(shanghai(now).hour, theme);
  if (root.dataset["theme"] !== lit) root.dataset["theme"] = lit;
}

/** This will tell the time, and since when there is no line. */
export function showFoot(root: HTMLElement, now: number, answeredAt: number, lang: "zh" | "en", say: Say): void {
  write(part(root, "clock"), clockTime(now));
  write(part(root, "date"), dayWords(now, lang, "long"));
  const offline = now - answeredAt > OFFLINE_MS;
  const state = part(root, "state");
  state.dataset["state"] = offline ? "offline" : "fresh";
  const words = answeredAt ? say("offline", { time: clockTime(answeredAt) }) : say("waiting");
  write(state, offline ? words : "");
}
