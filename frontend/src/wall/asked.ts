/** What people ask, answered: reviewed notices and policies in plain words, one at a time. */

import { el, part } from "../core/dom";

export interface Notice {
  uid: string;
  kind: string;
  title: string;
  body: string;
  valid_until: string | null;
}

export interface Notices {
  as_of: string;
  items: Notice[];
}

/** This will leave out what has ended, by the corrected clock. */
export function standing(items: Notice[], now: number): Notice[] {
  return items.filter((one) => !one.valid_until || Date.parse(one.valid_until) > now);
}

/** This will show one question with as much of its answer as there is room for; touched, it is shown whole. */
export function showAsked(root: ParentNode, notice: Notice): void {
  const words = [el("span", "wall-asked__title", notice.title), el("span", "wall-asked__body", notice.body)];
  const card = el("button", "wall-asked__card", ...words) as HTMLButtonElement;
  card.type = "button";
  card.dataset["notice"] = notice.uid;
  part(root, "asked").replaceChildren(card);
  fitAnswer(root);
}

/** This will keep an answer to whole lines whenever its place changes: its turn comes, the screen turns. */
export function keepAnswersWhole(root: ParentNode, life: AbortSignal): void {
  const sized = new ResizeObserver(() => fitAnswer(root));
  sized.observe(part(root, "asked"));
  life.addEventListener("abort", () => sized.disconnect(), { once: true });
}

function fitAnswer(root: ParentNode): void {
  const body = part(root, "asked").querySelector<HTMLElement>(".wall-asked__body");
  const card = body?.parentElement;
  if (!body || !card || card.clientHeight === 0) return;
  const line = Number.parseFloat(getComputedStyle(body).lineHeight);
  body.style.setProperty("--lines", String(Math.max(1, Math.floor((card.clientHeight - body.offsetTop + 1) / line))));
}
