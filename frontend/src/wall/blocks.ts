/** The wall's blocks: data in, DOM out. Texts are set as text; old nodes stay when nothing changed. */

import { el, part, write } from "../core/dom";
import { counted, type Say } from "../core/words";
import { onItsSign } from "../core/items";
import { biggest, type Figures, type Item, type Listing } from "./answers";

export type { Say };

/** The hero: one number, and the other facts on lines of their own. */
export function showHero(root: ParentNode, figures: Figures, say: Say): void {
  write(part(root, "hero"), counted(figures.openings));
  const facts = { vacancies: counted(figures.open_vacancies), employers: counted(figures.employers) };
  write(part(root, "hero-facts"), say("hero_facts", facts));
  write(part(root, "hero-new"), figures.new_today ? say("hero_new", { n: counted(figures.new_today) }) : "");
}

/** Bars that start at zero, are sorted, and add up to the hero. */
export function showBars(root: ParentNode, figures: Figures, say: Say, rows: number): void {
  const industries = biggest(figures.industries, rows, say("other_industries"));
  const most = Math.max(1, ...industries.map((one) => one.openings));
  const bars = industries.map((one) => {
    const bar = el("span", "wall-bar");
    bar.style.setProperty("--share", String(one.openings / most));
    return el(
      "li",
      one.code ? "wall-bars__row" : "wall-bars__row wall-bars__row--rest",
      el("span", "wall-bars__label", one.label),
      el("span", "wall-bars__track", bar),
      el("span", "wall-bars__number", counted(one.openings)),
    );
  });
  part(root, "bars").replaceChildren(...bars);
}

/** The list: as many whole items as the panel holds; what does not fit is on the next page. */
export function showList(root: ParentNode, listing: Listing, items: Item[], say: Say): void {
  const list = part(root, "list");
  list.replaceChildren(...items.map((item) => itemRow(item, say)));
  const empty = part(root, "list-empty");
  empty.hidden = items.length > 0;
  write(part(root, "list-count"), say("list_count", { n: counted(listing.total) }));
}

function itemRow(item: Item, say: Say): HTMLElement {
  const button = el(
    "button",
    "wall-item",
    el("span", "wall-item__row", el("span", "wall-item__title", item.title), el("span", "wall-item__walk", walk(item, say))),
    el("span", "wall-item__row", el("span", "wall-item__pay", item.pay), el("span", "wall-item__firm", onItsSign(item.organisation))),
  ) as HTMLButtonElement;
  button.type = "button";
  button.dataset["uid"] = item.uid;
  return el("li", "", button);
}

export function walk(item: Item, say: Say): string {
  return item.walk_minutes === null || item.walk_minutes === undefined
    ? ""
    : say("walk", { n: item.walk_minutes });
}

/** One new vacancy, shown for some seconds. */
export function newCard(item: Item, say: Say): HTMLElement {
  const button = el(
    "button",
    "wall-new",
    el("span", "wall-new__title", item.title),
    el("span", "wall-new__pay", item.pay),
    el("span", "wall-new__firm", onItsSign(item.organisation)),
    el("span", "wall-new__place", [item.place, walk(item, say)].filter(Boolean).join(" · ")),
  ) as HTMLButtonElement;
  button.type = "button";
  button.dataset["uid"] = item.uid;
  return button;
}
