import { el } from "../core/dom";
import { define, Element } from "../core/element";

const KEY = "reach";

/** `<ym-reach on off>`: one press brings everything to touch into the lower 45 %, for as long as the visit lasts.
    The wipe empties the session storage, and the next person finds the page as usual. */
class Reach extends Element {
  protected start(life: AbortSignal): void {
    const button = el("button", "button button--quiet") as HTMLButtonElement;
    button.type = "button";
    button.dataset["testid"] = "kiosk-reach";
    button.addEventListener("click", () => this.#turn(button), { signal: life });
    this.replaceChildren(button);
    this.#show(button);
  }

  #turn(button: HTMLButtonElement): void {
    if (sessionStorage.getItem(KEY)) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, "1");
    this.#show(button);
  }

  #show(button: HTMLButtonElement): void {
    const low = sessionStorage.getItem(KEY) !== null;
    document.documentElement.classList.toggle("reach", low);
    button.textContent = this.word(low ? "off" : "on");
    button.setAttribute("aria-pressed", String(low));
  }
}

define("ym-reach", Reach);
