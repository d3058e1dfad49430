/** What every block of a window is drawn with. */

import type { Site } from "../../core/device";
import { el } from "../../core/dom";
import { qrCode } from "../../core/qr";
import { clockTime, type Say } from "../../core/words";
import type { Freshness } from "../../core/live";
import type { Turn } from "../../core/playing/schedule";

export type { Say };

/** The data of a block's source, with the house's time of its coming. */
export interface Data {
  data: unknown;
  at: number;
  freshness: Freshness;
}

export interface Sight {
  say: Say;
  /** Public address of the house, for codes. */
  base: string;
  /** House's time, ms. */
  now: number;
  house: Site;
  lang: "zh" | "en";
  /** Panels of a mosaic that a block may fill; 1 where there are no seams. */
  panels: number;
  upright: boolean;
  /** How many of a list were shown already: the next page begins there. */
  from: number;
  data: Data | null;
}

/** A block's DOM, or null when it has nothing to show now: then its turn goes to the next. */
export type Draw = (turn: Turn, sight: Sight) => HTMLElement | null;

/** A block is made of pieces; on a mosaic each stands on a panel of its own. */
export function block(kind: string, ...pieces: (HTMLElement | null)[]): HTMLElement {
  return el("article", `window-block window-block--${kind}`, ...pieces);
}

export function piece(kind: string, ...children: (Node | string | null)[]): HTMLElement {
  return el("div", `window-piece window-piece--${kind}`, ...children);
}

/** The head of a block: what this is, and how old its data are. */
export function head(title: string, sight: Sight, eyebrow = "", more = ""): HTMLElement {
  return el(
    "header",
    "window-head",
    eyebrow ? el("p", "window-eyebrow", eyebrow) : null,
    el("h1", "window-title", title),
    more ? el("p", "window-head__more", more) : null,
    sight.data ? stamp(sight.data, sight.say) : null,
  );
}

/** 数据截至 10:42; on amber when it is late. What is offline is said in the foot, once for all. */
function stamp(data: Data, say: Say): HTMLElement {
  const mark = el("p", "window-stamp", say(data.freshness === "fresh" ? "fresh" : "late", { time: clockTime(data.at) }));
  mark.dataset["state"] = data.freshness;
  return mark;
}

/** A code with the words under it that say what it opens; nothing where there is no address. */
export function code(path: string | null, words: string, sight: Sight): HTMLElement | null {
  if (!path) return null;
  const figure = el("figure", "window-code");
  figure.append(qrCode(sight.base + withVia(path), words), el("figcaption", "", words));
  return figure;
}

/** A vacancy opened from a window is counted as such. */
export function withVia(path: string): string {
  return path.startsWith("/vacancies/") ? `${path}${path.includes("?") ? "&" : "?"}via=window_qr` : path;
}

/** The words of an item in the reader's language; Chinese where nobody wrote others. */
export function titleOf(turn: Turn, sight: Sight): string {
  return (sight.lang === "en" && turn.item.title_en) || turn.item.title;
}

export function paragraphs(turn: Turn, sight: Sight): HTMLElement[] {
  const body = (sight.lang === "en" && turn.item.body_en) || turn.item.body;
  return body.split(/\n+/).filter((line) => line.trim()).map((line) => el("p", "", line.trim()));
}

/** 11月27日 周五 */
export function dayWords(moment: number, lang: "zh" | "en", weekday: "short" | "long" = "short"): string {
  const style = { month: lang === "en" ? "short" : "long", day: "numeric", weekday, timeZone: "Asia/Shanghai" } as const;
  return new Date(moment).toLocaleDateString(lang === "en" ? "en-GB" : "zh-CN", style);
}
