import { el } from "../core/dom";
import { define, Element } from "../core/element";

/** `<ym-print paper="80mm|a4" words>`: prints this page's `.slip` (or that of `for`) on the paper the machine holds.
    A Chromium started with --kiosk-printing asks nothing. */
class Print extends Element {
  protected start(life: AbortSignal): void {
    const button = el("button", "button button--quiet", this.word("words")) as HTMLButtonElement;
    button.type = "button";
    button.dataset["testid"] = "kiosk-print";
    button.addEventListener("click", () => this.#print(), { signal: life });
    this.replaceChildren(button);
  }

  #print(): void {
    document.documentElement.dataset["paper"] = this.word("paper");
    print();
  }
}

define("ym-print", Print);
