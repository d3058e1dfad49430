/** Writing into a field as a hand would: at the caret, within its length, and heard by whoever listens. */

export type Field = HTMLInputElement | HTMLTextAreaElement;

/** This will write at the caret; what does not fit any more is left out. */
export function insert(field: Field, text: string): void {
  const [from, to] = caret(field);
  const room = field.maxLength < 0 ? text.length : field.maxLength - field.value.length + (to - from);
  put(field, [...text].slice(0, Math.max(0, room)).join(""), from, to);
}

/** This will take the character before the caret away, or what is marked. */
export function removeBefore(field: Field): void {
  const [from, to] = caret(field);
  const before = from === to ? ([...field.value.slice(0, from)].at(-1)?.length ?? 0) : 0;
  put(field, "", from - before, to);
}

function caret(field: Field): [number, number] {
  const end = field.value.length;
  return [field.selectionStart ?? end, field.selectionEnd ?? end];
}

function put(field: Field, text: string, from: number, to: number): void {
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
