/** Two layers: the next item stands ready on the hidden one before it is shown. */

export class Stage {
  #front: HTMLElement;
  #back: HTMLElement;

  constructor(layers: [HTMLElement, HTMLElement]) {
    [this.#front, this.#back] = layers;
  }

  get shown(): HTMLElement {
    return this.#front;
  }

  /** This will lay an element out behind, have it `prepared`, wait for its pictures and then cross over to it.
      What was shown stays until then; an element that fails never comes to the front. */
  async show(element: HTMLElement, prepare: (element: HTMLElement) => void): Promise<void> {
    this.#back.replaceChildren(element);
    prepare(element);
    await pictures(element);
    const before = this.#front;
    [this.#front, this.#back] = [this.#back, before];
    this.#front.dataset["front"] = "1";
    this.#front.removeAttribute("aria-hidden");
    delete before.dataset["front"];
    before.setAttribute("aria-hidden", "true");
  }
}

async function pictures(element: HTMLElement): Promise<void> {
  const images = [...element.querySelectorAll("img")];
  await Promise.all(images.map((image) => image.decode()));
}
