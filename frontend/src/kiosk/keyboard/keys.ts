/** Which keys stand where. A key is what it writes; ⌫ ␣ ⏎ and the names of modes do something else. */

export type Mode = "pinyin" | "hand" | "english" | "digits";

export const MODES: Mode[] = ["pinyin", "hand", "english", "digits"];
export const DELETE = "⌫";
export const SPACE = "␣";
export const SHIFT = "⇧";

const LETTERS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** Rows of keys of a mode; the handwriting square has its own. */
export function rows(mode: Mode, upper: boolean): string[][] {
  if (mode === "digits") return ["123", "456", "789"].map((row) => [...row]).concat([["-", "0", DELETE]]);
  if (mode === "hand") return [];
  const [first, second, third] = LETTERS.map((row) => [...(upper ? row.toUpperCase() : row)]) as [string[], string[], string[]];
  const begin = mode === "english" ? [SHIFT] : [];
  return [first, second, [...begin, ...third, DELETE], mode === "english" ? ["@", "-", SPACE, "."] : [SPACE]];
}
