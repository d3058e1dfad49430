/** Letters → Chinese: whole syllables, their initials ("fwy" → 服务员), and the ways people here mix them up. */
import type { Table } from "./table";

export interface Candidate {
  text: string;
  /** How many of the typed letters it takes. */
  used: number;
}

const MOST = 240;
const MOST_SURNAMES = 6;
const MOST_BEGUN = 12; // words that go on after what was typed
const INITIAL = 1; // the first letter alone
const MIXED = 2; // zh for z, ng for n, l for n
const forms = new Map<string, [string, number][]>();

/** This will list what the letters may mean, the likeliest first. `names`: surnames come before other characters. */
export function candidates(table: Table, typed: string, { names = false } = {}): Candidate[] {
  const letters = typed.toLowerCase().replace(/[^a-z]/g, "");
  if (!letters) return [];
  const found = [...(names ? surnames(table, letters) : []), ...words(table, letters), ...single(table, letters)];
  const seen = new Set<string>();
  return found.filter(({ text }) => !seen.has(text) && seen.add(text)).slice(0, MOST);
}

/** Words that take all letters; else one put together from words; then words that take the first letters. */
function words(table: Table, letters: string): Candidate[] {
  const met = meet(table, letters);
  const whole = met.filter((one) => one.used === letters.length);
  const composed = whole.some((one) => one.cost < MIXED && !one.open) || isSyllable(table, letters) ? [] : compose(table, letters);
  const complete = whole.filter((one) => !one.open);
  const begun = whole.filter((one) => one.open).slice(0, MOST_BEGUN);
  const partly = met.filter((one) => one.used < letters.length && one.cost === 0).sort((a, b) => b.used - a.used);
  const exact = isSyllable(table, letters) ? single(table, letters).slice(0, 8) : [];
  return [...exact, ...complete, ...composed, ...begun, ...partly].map(({ text, used }) => ({ text, used }));
}

interface Way {
  used: number;
  cost: number;
  open: boolean;
}
type Met = Way & Candidate;

function meet(table: Table, letters: string): Met[] {
  const found: Met[] = [];
  for (const word of table.words.get(letters[0] ?? "") ?? []) {
    const way = take(word.syllables, letters);
    if (way) found.push({ text: word.text, ...way });
  }
  // The order of the table decides between equals: sort is stable.
  return found.sort((a, b) => weight(a) - weight(b));
}

function weight(one: Way): number {
  return one.cost + (one.open ? 1.5 : 0);
}

/** The cheapest way a word takes the letters, from the left; null when it does not fit. `open`: more would come. */
function take(syllables: string[], letters: string): Way | null {
  let best: Way | null = null;
  const go = (at: number, used: number, cost: number): void => {
    if (used === letters.length || at === syllables.length) {
      const way = { used, cost, open: at < syllables.length };
      if (!best || way.used > best.used || (way.used === best.used && weight(way) < weight(best))) best = way;
      return;
    }
    for (const [form, price] of formsOf(syllables[at] ?? "")) {
      const rest = letters.slice(used, used + form.length);
      if (rest === form) go(at + 1, used + form.length, Math.max(cost, price));
      // The last syllable may be half typed.
      else if (price !== INITIAL && used + form.length > letters.length && form.startsWith(rest))
        go(at + 1, letters.length, Math.max(cost, price, INITIAL));
    }
  };
  go(0, 0, 0);
  return best;
}

/** How a syllable may be typed, and what that costs. */
function formsOf(syllable: string): [string, number][] {
  const known = forms.get(syllable);
  if (known) return known;
  const made = new Map<string, number>([[syllable, 0]]);
  for (const mixed of mixedUp(syllable)) if (!made.has(mixed)) made.set(mixed, MIXED);
  const initial = /^[zcs]h/.test(syllable) ? [syllable.slice(0, 2), syllable.slice(0, 1)] : [syllable.slice(0, 1)];
  for (const short of initial) if (!made.has(short)) made.set(short, INITIAL);
  forms.set(syllable, [...made]);
  return [...made];
}

/** zh/z, ch/c, sh/s · ang/an, eng/en, ing/in · nü/nu · n/l: what is one sound to many who learned another tongue first. */
function mixedUp(syllable: string): string[] {
  const heads = swap(syllable, /^([zcs])h/, "$1", /^([zcs])(?!h)/, "$1h");
  const tails = heads.flatMap((one) => swap(one, /([aei]n)g$/, "$1", /([aei]n)$/, "$1g"));
  const rounded = tails.flatMap((one) => swap(one, /^([nl])v/, "$1u", /^([nl])u$/, "$1v"));
  return rounded.flatMap((one) => swap(one, /^n(?=.)/, "l", /^l/, "n"));
}

function swap(text: string, long: RegExp, short: string, bare: RegExp, longer: string): string[] {
  const other = long.test(text) ? text.replace(long, short) : text.replace(bare, longer);
  return other === text ? [text] : [text, other];
}

/** Characters of the longest syllable the letters begin with; then of syllables that begin with the letters. */
function single(table: Table, letters: string): Candidate[] {
  for (let used = Math.min(6, letters.length); used > 0; used -= 1) {
    const head = letters.slice(0, used);
    const row = table.characters.get(head);
    const mixed = mixedUp(head).slice(1).flatMap((one) => table.characters.get(one)?.slice(0, 12) ?? []);
    const found = row || mixed.length ? [...(row ?? []), ...mixed] : used === letters.length ? begun(table, head) : [];
    if (found.length) return found.map((text) => ({ text, used }));
  }
  return [];
}

function begun(table: Table, head: string): string[] {
  return [...table.characters].filter(([one]) => one.startsWith(head)).map(([, row]) => row[0] ?? "");
}

/** Surnames that are read so, that begin so, or that are nearly read so. */
function surnames(table: Table, letters: string): Candidate[] {
  const syllable = longestSyllable(table, letters);
  const mixed = mixedUp(syllable).slice(1);
  const read = table.surnames.filter((one) => one.letters === syllable);
  const begun = table.surnames.filter((one) => one.letters.startsWith(letters));
  const nearly = table.surnames.filter((one) => mixed.includes(one.letters));
  const found = [...read.map((one) => [one, syllable.length] as const), ...begun.map((one) => [one, letters.length] as const)];
  const all = [...found, ...nearly.map((one) => [one, syllable.length] as const)];
  return all.slice(0, MOST_SURNAMES).map(([{ text }, used]) => ({ text, used }));
}

function longestSyllable(table: Table, letters: string): string {
  for (let used = Math.min(6, letters.length); used > 0; used -= 1) {
    if (table.characters.has(letters.slice(0, used))) return letters.slice(0, used);
  }
  return letters;
}

function isSyllable(table: Table, letters: string): boolean {
  return table.characters.has(letters);
}

/** A line that is no word of ours: put together from the fewest words and characters. */
function compose(table: Table, letters: string): Met[] {
  const best: (string[] | undefined)[] = Array(letters.length + 1).fill(undefined);
  best[letters.length] = [];
  for (let at = letters.length - 1; at >= 0; at -= 1) {
    for (const { text, used } of parts(table, letters.slice(at))) {
      const rest = best[at + used];
      if (rest && (!best[at] || rest.length + 1 < (best[at]?.length ?? 0))) best[at] = [text, ...rest];
    }
  }
  const found = best[0];
  return found && found.length > 1 ? [{ text: found.join(""), used: letters.length, cost: 0, open: false }] : [];
}

/** What a line may begin with: words typed whole, then one character of each syllable. */
function parts(table: Table, letters: string): Candidate[] {
  const words = (table.words.get(letters[0] ?? "") ?? []).filter((word) => letters.startsWith(word.letters));
  const single = [...table.characters].filter(([syllable]) => letters.startsWith(syllable));
  return [
    ...words.map(({ text, letters: of }) => ({ text, used: of.length })),
    ...single.map(([syllable, row]) => ({ text: row[0] ?? "", used: syllable.length })),
  ];
}
