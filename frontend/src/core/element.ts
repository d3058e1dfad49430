/** The common start of our custom elements: what `start` takes, the disconnect gives back. */

export abstract class Element extends HTMLElement {
  #life: AbortController | null = null;

  connectedCallback(): void {
    this.#life = new AbortController();
    this.start(this.#life.signal);
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = null;
  }

  /** This will set the element going; everything it takes ends when `life` is aborted. */
  protected abstract start(life: AbortSignal): void;

  /** A word from an attribute; empty when the template gave none. */
  word(name: string): string {
    return this.getAttribute(name) ?? "";
  }
}

/** This will register an element once; a second bundle on the same page does no harm. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
