import { define, Element } from "../../core/element";
import { every } from "../../core/time";

/** Says that nobody's hand asked: such a question keeps no session alive. */
const BY_ITSELF = { "X-Renews": "1", Accept: "text/html" };

/**
 * `<ym-renews id="calls" seconds="20">`: asks for this page again and takes over what stands there under its own id.
 * It waits while somebody is at one of its buttons. When the session has ended, the page itself is asked for again,
 * so that a desk left alone shows the log-in page and nobody's name. Without script a reload does the same.
 */
class Renews extends Element {
  protected start(life: AbortSignal): void {
    every((Number(this.word("seconds")) || 20) * 1000, () => void this.#ask(life), life);
  }

  async #ask(life: AbortSignal): Promise<void> {
    if (document.hidden || this.#inUse()) return;
    try {
      const answer = await fetch(location.href, { headers: BY_ITSELF, signal: life });
      if (answer.redirected) return location.reload();
      if (answer.ok) this.#take(await answer.text());
    } catch {
      // The line is down: what stands here stays, and the next turn asks again.
    }
  }

  #inUse(): boolean {
    return this.contains(document.activeElement);
  }

  #take(text: string): void {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(this.id);
    // Compared by their words: the tokens in the forms differ every time.
    if (!fresh || fresh.textContent === this.textContent || this.#inUse()) return;
    this.replaceChildren(...fresh.childNodes);
  }
}

define("ym-renews", Renews);
