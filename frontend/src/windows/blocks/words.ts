/** What was written and reviewed: policies, notices, pictures, the emergency, and the house itself. */

import { el } from "../../core/dom";
import { clockTime, shanghai } from "../../core/words";
import type { Turn } from "../../core/playing/schedule";
import { block, code, dayWords, head, paragraphs, piece, titleOf, type Sight } from "./sight";

export function policy(turn: Turn, sight: Sight): HTMLElement {
  return text("policy", turn, sight, sight.say("policy"), sight.say("scan_policy"));
}

export function notice(turn: Turn, sight: Sight): HTMLElement {
  return text("notice", turn, sight, sight.say("notice"), sight.say("scan_more"));
}

/** A picture is shown whole: nothing of what somebody wrote on it is cut. */
export function image(turn: Turn, sight: Sight): HTMLElement {
  const picture = el("img", "window-picture") as HTMLImageElement;
  picture.src = `/windows/files/${turn.item.file ?? ""}`;
  picture.alt = titleOf(turn, sight);
  return block("image", piece("picture", picture), turn.item.qr ? piece("scan", code(turn.item.qr, sight.say("scan_more"), sight)) : null);
}

/** The whole window, in the colours of urgency and in words: an emergency is not told by colour alone. */
export function emergency(turn: Turn, sight: Sight): HTMLElement {
  const words = el("div", "window-words", ...paragraphs(turn, sight));
  const picture = turn.item.file ? image(turn, sight).querySelector("img") : null;
  return large(
    "emergency",
    piece("head", el("p", "window-eyebrow window-eyebrow--urgent", sight.say("emergency")), el("h1", "window-title", titleOf(turn, sight))),
    piece("text", picture, words, el("p", "window-until", untilWords(Date.parse(turn.until), sight))),
    turn.item.qr ? piece("scan", code(turn.item.qr, sight.say("scan_more"), sight)) : null,
  );
}

/** Address, hours and telephone: what a window shows when there is nothing else. It is never blank. */
export function house(sight: Sight): HTMLElement {
  const { name, address, hours, phone } = sight.house;
  const rows: [string, string][] = [[sight.say("address"), address], [sight.say("hours"), hours], [sight.say("phone"), phone]];
  const list = el("dl", "window-facts", ...rows.filter(([, value]) => value).flatMap(([what, value]) => [el("dt", "", what), el("dd", "", value)]));
  return large(
    "house",
    piece("head", el("p", "window-eyebrow", sight.say("brand")), el("h1", "window-title", name || sight.say("brand"))),
    piece("text", list, el("p", "window-invites", sight.say("invites"))),
    piece("scan", code("/", sight.say("scan_house"), sight)),
  );
}

function text(kind: string, turn: Turn, sight: Sight, eyebrow: string, scan: string): HTMLElement {
  const words = el("div", "window-words", ...paragraphs(turn, sight));
  const until = turn.item.valid_until ? untilWords(Date.parse(turn.item.valid_until), sight) : "";
  return large(
    kind,
    piece("head", head(titleOf(turn, sight), { ...sight, data: null }, eyebrow)),
    piece("text", words, until ? el("p", "window-until", until) : null),
    turn.item.qr ? piece("scan", code(turn.item.qr, scan, sight)) : null,
  );
}

/** 至今天 18:30 · 至 11月27日 周五 18:30 */
function untilWords(moment: number, sight: Sight): string {
  const today = shanghai(moment).date === shanghai(sight.now).date;
  const time = clockTime(moment);
  return today ? sight.say("until_today", { time }) : sight.say("until", { day: dayWords(moment, sight.lang), time });
}

/** Few words: they take the room there is. */
function large(kind: string, ...pieces: (HTMLElement | null)[]): HTMLElement {
  const whole = block(kind, ...pieces);
  whole.dataset["grows"] = "1";
  return whole;
}
