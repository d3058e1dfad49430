/** Small helpers for building DOM from data: always as text, never as HTML. */

/** This will make an element; a string child is text. */
export function el(tag: string, className = "", ...children: (Node | string | null)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child): child is Node | string => child !== null));
  return element;
}

/** This will find the part of a surface that the template marked with data-part. */
export function part(root: ParentNode, name: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (!found) throw new Error(`the template has no data-part="${name}"`);
  return found;
}

/** This will set a text only when it differs, so that nothing flickers and readers hear it once. */
export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
