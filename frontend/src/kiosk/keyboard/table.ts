/** What the keyboard knows: surnames, characters by syllable, words by their first letter. */

export interface Word {
  text: string;
  syllables: string[];
  /** The syllables in one, as typed whole. */
  letters: string;
}

export interface Table {
  /** The most frequent first. */
  surnames: Word[];
  /** Syllable → its characters, the most written first. */
  characters: Map<string, string[]>;
  /** First letter → words, the likelier first: our own vocabulary, then the language's. */
  words: Map<string, Word[]>;
}

/** This will read the file that tools/make_keyboard_words.py wrote: three parts, parted by an empty line. */
export function read(text: string): Table {
  const [surnames = "", syllables = "", words = ""] = text.split("\n\n").map((part) => part.trim());
  const rows = lines(syllables).map((line) => line.split(" ") as [string, string]);
  const usual = new Map<string, string>();
  const characters = new Map(rows.map(([syllable, row]) => [syllable, charactersOf(syllable, row, usual)]));
  const listed = lines(words).map((line) => wordOf(line, usual));
  return { surnames: lines(surnames).map((line) => wordOf(line, usual)), characters, words: byLetter(listed) };
}

/** This will list the characters that are worth recognising by hand: of surnames and of words, the likelier first. */
export function inventory(table: Table): string[] {
  const found = new Set(table.surnames.map((surname) => surname.text));
  const rows = [...table.words.values()];
  const longest = Math.max(...rows.map((row) => row.length));
  for (let rank = 0; rank < longest; rank += 1) {
    for (const row of rows) for (const char of row[rank]?.text ?? "") found.add(char);
  }
  return [...found];
}

/** A star stands before a character that is mostly read otherwise. */
function charactersOf(syllable: string, row: string, usual: Map<string, string>): string[] {
  const found = row.match(/\*?./gu) ?? [];
  for (const one of found) if (!one.startsWith("*")) usual.set(one, syllable);
  return found.map((one) => one.replace("*", ""));
}

function lines(part: string): string[] {
  return part.split("\n").filter(Boolean);
}

function wordOf(line: string, usual: Map<string, string>): Word {
  const [text = "", ...said] = line.split(" ");
  const syllables = said.length ? said : [...text].map((char) => usual.get(char) ?? "");
  return { text, syllables, letters: syllables.join("") };
}

function byLetter(words: Word[]): Map<string, Word[]> {
  const found = new Map<string, Word[]>();
  for (const word of words) {
    const letter = word.syllables[0]?.[0] ?? "";
    if (!found.has(letter)) found.set(letter, []);
    found.get(letter)?.push(word);
  }
  return found;
}
