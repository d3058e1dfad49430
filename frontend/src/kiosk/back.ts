import { define, Element } from "../core/element";

/** `<ym-back>` around a link: goes one page back within this visit; without script the link leads home. */
class Back extends Element {
  protected start(life: AbortSignal): void {
    this.addEventListener("click", (event) => this.#back(event), { signal: life });
  }

  #back(event: Event): void {
    if (history.length < 2 || !document.referrer.startsWith(location.origin)) return;
    event.preventDefault();
    history.back();
  }
}

define("ym-back", Back);
