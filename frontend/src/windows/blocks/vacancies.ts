/** Vacancies as large cards, each with the code that opens it on a phone. */

import { el } from "../../core/dom";
import { onItsSign, stillOpen, type Item } from "../../core/items";
import { counted, shanghai } from "../../core/words";
import type { Turn } from "../../core/playing/schedule";
import { block, code, head, piece, titleOf, type Sight } from "./sight";

const MOST = 5;

interface Listing {
  total?: number;
  items: Item[];
}

export function vacancies(turn: Turn, sight: Sight): HTMLElement | null {
  const listing = sight.data?.data as Listing | undefined;
  const open = stillOpen(listing?.items ?? [], shanghai(sight.now).date);
  if (open.length === 0) return null;
  const most = Math.min(MOST, sight.panels > 1 ? sight.panels - 1 : MOST, open.length);
  const page = round(open, sight.from, most).map((item) => card(item, sight));
  const n = counted(listing?.total ?? open.length);
  const title = titleOf(turn, sight) || sight.say("vacancies");
  const whole = block("cards", piece("head", head(title, sight, "", sight.say("all_vacancies", { n }))), ...page, allOfThem(n, turn, sight));
  whole.dataset["counts"] = "1";
  return whole;
}

/** `most` items from a place on, beginning again at the end. */
export function round<T>(items: T[], from: number, most: number): T[] {
  return Array.from({ length: most }, (_unused, at) => items[(from + at) % items.length] as T);
}

function card(item: Item, sight: Sight): HTMLElement {
  const { say } = sight;
  const walk = item.walk_minutes == null ? "" : say("walk", { n: item.walk_minutes });
  const words = el(
    "div",
    "window-card__words",
    el("h2", "window-card__title", item.title),
    el("p", "window-card__pay", inOnePiece(item.pay)),
    el("p", "window-card__place", ...facts([inTheStreet(item.place), walk])),
    el("p", "window-card__tags", ...facts([onItsSign(item.organisation), say("people", { n: item.openings }), ...item.tags.slice(0, 1)])),
  );
  const one = piece("card", words, code(`/vacancies/${item.uid}/`, say("scan_vacancy"), sight));
  one.dataset["gives"] = "1";
  one.dataset["uid"] = item.uid;
  return one;
}

/** The last card fills the hole of an odd page: everything else is on the phone. */
function allOfThem(n: string, turn: Turn, sight: Sight): HTMLElement {
  const path = turn.item.qr ?? "/vacancies/";
  const words = sight.say("more_vacancies", { n });
  const more = piece("card", el("div", "window-card__words", el("p", "window-card__more", words)), code(path, sight.say("scan_all"), sight));
  more.classList.add("window-piece--all");
  return more;
}

/** Facts in a line; the dots between them are drawn by the style. */
export function facts(words: string[]): HTMLElement[] {
  return words.filter(Boolean).map((word) => el("span", "", word));
}

/** Everybody before the window knows which city this is. */
export function inTheStreet(place: string): string {
  return place.replace(/^上海市/, "").replace(/^长宁区/, "") || place;
}

/** 10000–16900 is one figure, 09:00–11:00 one time: no line ends at the dash. */
export function inOnePiece(words: string): string {
  return words.replace(/–/g, "\u2060–\u2060");
}
