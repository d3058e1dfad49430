/** Words that do not fit are made smaller, lists give way; nothing is ever cut in the middle. */

const SIZES = [1, 0.92, 0.84, 0.76, 0.68, 0.6];
/** A few words by themselves may be larger than the scale, lists a little: what is read from afar has the room. */
const LARGER = [2.2, 2, 1.8, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1];
const A_LITTLE = LARGER.slice(-3);

/** A line of the month has room for its day, time, kind and title beside each other from so many letters on. */
const WIDE_EM = 30;

/** This will make a laid-out block fit its place and give how many of its giving parts (`data-gives`) stayed, and
    how many left. A list gives way before its letters shrink; one part always stays. */
export function fit(block: HTMLElement): { kept: number; left: number } {
  const month = block.querySelector<HTMLElement>(".window-bill__month");
  if (month) block.toggleAttribute("data-narrow", month.clientWidth / lettersOf(month.firstElementChild) < WIDE_EM);
  const lists = new Set([...block.querySelectorAll<HTMLElement>("[data-gives]")].map((one) => one.parentElement));
  const given = [...lists].map((list) => giveWay(list as HTMLElement));
  const [kept, left] = [sum(given.map((one) => one.kept)), sum(given.map((one) => one.left))];
  for (const size of sizes(block, left)) {
    block.style.setProperty("--fit", String(size));
    if (!overflows(block)) break;
  }
  return { kept, left };
}

function sizes(block: HTMLElement, left: number): number[] {
  if (left > 0) return SIZES;
  return [...("grows" in block.dataset ? LARGER : A_LITTLE), ...SIZES];
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function lettersOf(line: Element | null): number {
  return line ? Number.parseFloat(getComputedStyle(line).fontSize) : 1;
}

function giveWay(list: HTMLElement): { kept: number; left: number } {
  const giving = [...list.children].filter((one): one is HTMLElement => one instanceof HTMLElement && "gives" in one.dataset);
  let kept = giving.length;
  while (kept > 1 && isTooSmall(list)) giving[--kept]?.remove();
  return { kept, left: giving.length - kept };
}

/** This will tell whether anything of a block stands outside its place. Boxes are compared, not scroll sizes
    (Chinese letters reach out of tight lines without being cut), in their own frame: the stage may be turned. */
export function overflows(block: HTMLElement): boolean {
  const parts = [block, ...block.querySelectorAll<HTMLElement>(".window-piece, .window-card__words, [data-fits]")];
  return parts.some(isTooSmall);
}

/** Every such part is positioned, so that offsets are its own. */
function isTooSmall(part: HTMLElement): boolean {
  const { paddingBottom, paddingRight } = getComputedStyle(part);
  const bottom = part.clientHeight - Number.parseFloat(paddingBottom) + 1.5;
  const right = part.clientWidth - Number.parseFloat(paddingRight) + 1.5;
  return [...part.children].some((child) => {
    if (!(child instanceof HTMLElement) || child.offsetHeight === 0) return false;
    const { offsetTop, offsetLeft, offsetHeight, offsetWidth } = child;
    return offsetTop < -1.5 || offsetTop + offsetHeight > bottom || offsetLeft + offsetWidth > right;
  });
}

/** On a mosaic each piece has a panel of its own: with fewer panels the last pieces share one, with more the first
    ones stand there twice. */
export function spread(block: HTMLElement, panels: number): void {
  if (panels < 2) return;
  block.querySelector(".window-piece--all")?.remove();
  for (let pieces = block.children; pieces.length > panels; pieces = block.children) {
    const [before, last] = [pieces[pieces.length - 2], pieces[pieces.length - 1]];
    before?.append(...(last?.childNodes ?? []));
    last?.remove();
  }
  for (let at = 0; block.children.length < panels; at++) block.append(block.children[at]?.cloneNode(true) ?? "");
}
