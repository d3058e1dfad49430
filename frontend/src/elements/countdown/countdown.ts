import { define, Element } from "../../core/element";
import { every } from "../../core/time";
import { fill } from "../../core/words";

/** `<ym-countdown seconds words done for>`: counts down, then shows `done` and frees the button `for`. */
class Countdown extends Element {
  protected start(life: AbortSignal): void {
    const end = Date.now() + Number(this.word("seconds")) * 1000;
    const button = document.getElementById(this.word("for")) as HTMLButtonElement | null;
    if (button) button.disabled = true;
    const ended = new AbortController();
    life.addEventListener("abort", () => ended.abort(), { once: true });
    const show = (): void => {
      const left = Math.ceil((end - Date.now()) / 1000);
      this.textContent = left > 0 ? fill(this.word("words"), { n: left }) : this.word("done");
      if (left > 0) return;
      if (button) button.disabled = false;
      ended.abort();
    };
    every(250, show, ended.signal);
    show();
  }
}

define("ym-countdown", Countdown);
