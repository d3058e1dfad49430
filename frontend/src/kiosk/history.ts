/** Which pages of the browser's history belong to the visit that goes on. Nobody can empty a history; but each
    page that was touched is marked with the visit's own word, and one with another word is not shown again. */

const VISIT = "visit";

/** This will mark the page that was just touched. */
export function mark(): void {
  const visit = sessionStorage.getItem(VISIT) ?? newWord();
  sessionStorage.setItem(VISIT, visit);
  if (wordOf() !== visit) history.replaceState({ [VISIT]: visit }, "");
}

/** True for a page of an earlier visit: the wipe has emptied the session storage, the mark in the history stays. */
export function isOfBefore(): boolean {
  const word = wordOf();
  return word !== undefined && word !== sessionStorage.getItem(VISIT);
}

function wordOf(): string | undefined {
  return (history.state as Record<string, string> | null)?.[VISIT];
}

function newWord(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
