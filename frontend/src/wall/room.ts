/** What does not fit gives way by whole rows: nothing on the wall is cut. */

/**
 * This will hide rows at the end of `lists`, the first list first, until `column` holds all the rest. Each list
 * keeps its first row while another has one to give.
 */
export function fitRows(column: HTMLElement, ...lists: HTMLElement[]): void {
  for (const list of lists) for (const row of rowsOf(list)) row.hidden = false;
  for (const least of [2, 1]) {
    for (const list of lists) {
      for (const row of rowsOf(list).slice(least).reverse()) {
        if (fits(column)) return;
        row.hidden = true;
      }
    }
  }
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.children] as HTMLElement[];
}

/** A pixel more or less is rounding. */
function fits(column: HTMLElement): boolean {
  return column.scrollHeight <= column.clientHeight + 1;
}
