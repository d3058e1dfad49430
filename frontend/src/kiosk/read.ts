import { el } from "../core/dom";
import { define, Element } from "../core/element";

/** `<ym-read for words stop>`: reads the page aloud; absent where the machine has no voice. */
class Read extends Element {
  protected start(life: AbortSignal): void {
    if (!("speechSynthesis" in globalThis)) return;
    const button = el("button", "button button--quiet", this.word("words")) as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", () => this.#turn(button), { signal: life });
    this.replaceChildren(button);
    this.#listen(life);
    life.addEventListener("abort", () => speechSynthesis.cancel(), { once: true });
    addEventListener("pagehide", () => speechSynthesis.cancel(), { signal: life });
  }

  /** Voices may arrive late; a button that would stay silent is not offered. */
  #listen(life: AbortSignal): void {
    const show = (): void => void (this.hidden = speechSynthesis.getVoices().length === 0);
    speechSynthesis.addEventListener("voiceschanged", show, { signal: life });
    show();
  }

  #turn(button: HTMLButtonElement): void {
    if (speechSynthesis.speaking) return speechSynthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(document.getElementById(this.word("for"))?.innerText ?? "");
    spoken.lang = document.documentElement.lang.startsWith("en") ? "en" : "zh-CN";
    spoken.rate = 0.9;
    spoken.onstart = () => (button.textContent = this.word("stop"));
    spoken.onend = spoken.onerror = () => (button.textContent = this.word("words"));
    speechSynthesis.speak(spoken);
  }
}

define("ym-read", Read);
