/** What the map says, in sentences. The house counts and words them; here figures are only set off. */

import { el, part, write } from "../core/dom";
import { counted } from "../core/words";
import type { Say } from "./blocks";

export interface Narration {
  as_of: string;
  vacancies: number;
  openings: number;
  whole_vacancies: number;
  whole_openings: number;
  sentences: { text: string; is_figure: boolean }[][];
}

/** This will give the sentences of one turn: as many as there is room for, round and round. */
export function someOf<T>(sentences: T[], most: number, turn: number): T[] {
  const turns = Math.max(1, Math.ceil(sentences.length / most));
  return sentences.slice((turn % turns) * most, (turn % turns) * most + most);
}

/** This will print some sentences and, below them, the figures they were counted from. */
export function showNarration(root: ParentNode, told: Narration, say: Say, most: number, turn: number): void {
  const lines = someOf(told.sentences, most, turn).map((pieces) =>
    el("p", "", ...pieces.map((piece) => (piece.is_figure ? el("strong", "", piece.text) : piece.text))),
  );
  part(root, "said").replaceChildren(...lines);
  const facts = {
    v: counted(told.vacancies),
    all_v: counted(told.whole_vacancies),
    n: counted(told.openings),
    all_n: counted(told.whole_openings),
  };
  write(part(root, "said-basis"), say("said_basis", facts));
}
