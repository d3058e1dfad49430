import { define, Element } from "../../core/element";
import { after } from "../../core/time";

/** `<ym-copy text words done>`: a button that copies. */
class Copy extends Element {
  protected start(life: AbortSignal): void {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button--quiet button--small" });
    button.textContent = this.word("words");
    button.addEventListener("click", () => void this.#copy(button, life), { signal: life });
    this.replaceChildren(button);
  }

  async #copy(button: HTMLButtonElement, life: AbortSignal): Promise<void> {
    await navigator.clipboard.writeText(this.word("text"));
    button.textContent = this.word("done");
    after(2000, () => (button.textContent = this.word("words")), life);
  }
}

define("ym-copy", Copy);
