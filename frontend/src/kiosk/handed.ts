import { el } from "../core/dom";
import { define, Element } from "../core/element";
import { after, every } from "../core/time";

const ASK_MS = 2_000;
const THANKS_MS = 4_000;

/** `<ym-handed src form words>`: asks whether the phone has opened the basket; then says so and ends the visit. */
class Handed extends Element {
  #opened = false;

  protected start(life: AbortSignal): void {
    every(ASK_MS, () => void this.#ask(life), life);
  }

  async #ask(life: AbortSignal): Promise<void> {
    if (this.#opened) return;
    try {
      const answer = await fetch(this.word("src"), { headers: { Accept: "application/json" }, signal: life, cache: "no-store" });
      const { opened } = (await answer.json()) as { opened: boolean };
      if (opened && !this.#opened) this.#thank(life);
    } catch {
      // The next turn asks again; the code stays good meanwhile.
    }
  }

  #thank(life: AbortSignal): void {
    this.#opened = true;
    const notice = el("div", "notice notice--good", el("p", "notice__title", this.word("words")));
    notice.setAttribute("role", "status");
    notice.dataset["testid"] = "kiosk-handed";
    this.replaceChildren(notice);
    const form = document.getElementById(this.word("form")) as HTMLFormElement;
    after(THANKS_MS, () => form.requestSubmit(), life);
  }
}

define("ym-handed", Handed);
