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

export function showAsked(root: ParentNode, notice: Notice): void {
  const words = [el("h3", "wall-asked__title", notice.title), el("p", "wall-asked__body", notice.body)];
  part(root, "asked").replaceChildren(...words);
}
