import { define, Element } from "../../core/element";

/** `<ym-goes-on seconds="1">` around a form: sends it by itself after a moment. Without script its button does. */
class GoesOn extends Element {
  protected start(life: AbortSignal): void {
    const form = this.querySelector("form");
    const wait = (Number(this.word("seconds")) || 1) * 1000;
    const timer = setTimeout(() => form?.requestSubmit(), wait);
    life.addEventListener("abort", () => clearTimeout(timer));
  }
}

define("ym-goes-on", GoesOn);
