/** Which of the kept vacancies answer a question, without asking anybody. */

export interface Facts {
  text: string;
  /** The wishes it meets, as the server judged them. */
  meets: string[];
  /** Its cell on the map; "" for none. */
  cell: string;
}

export interface Question {
  words: string;
  cell: string;
  wishes: Set<string>;
}

export function fits(facts: Facts, asked: Question): boolean {
  const text = facts.text.toLowerCase();
  const words = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
  return (
    words.every((word) => text.includes(word)) &&
    (!asked.cell || facts.cell === asked.cell) &&
    [...asked.wishes].every((wish) => facts.meets.includes(wish))
  );
}

/** "/kiosk/vacancies/<uid>/…" → uid; "" for every other page. */
export function uidIn(path: string): string {
  return /\/vacancies\/([^/]+)\//.exec(path)?.[1] ?? "";
}
