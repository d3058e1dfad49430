import { el } from "../core/dom";
import { define, Element } from "../core/element";
import { hush, onVoices, say, voice } from "./voice";

/** `<ym-read for words stop none>`: reads the page aloud; without a voice it says so and the text stands. */
class Read extends Element {
  #button = el("button", "button button--quiet") as HTMLButtonElement;
  #reading = false;

  protected start(life: AbortSignal): void {
    this.#button.type = "button";
    this.#button.addEventListener("click", () => this.#turn(), { signal: life });
    this.replaceChildren(this.#button);
    onVoices(() => this.#show(), life);
    this.#show();
    addEventListener("pagehide", hush, { signal: life });
    life.addEventListener("abort", hush, { once: true });
  }

  #show(): void {
    const mute = voice() === null;
    this.#button.disabled = mute;
    this.#button.textContent = this.word(mute ? "none" : this.#reading ? "stop" : "words");
  }

  #turn(): void {
    this.#reading = !this.#reading;
    if (this.#reading) say(this.#text(), () => this.#ended());
    else hush();
    this.#show();
  }

  #ended(): void {
    this.#reading = false;
    this.#show();
  }

  #text(): string {
    return document.getElementById(this.word("for"))?.innerText ?? "";
  }
}

define("ym-read", Read);
