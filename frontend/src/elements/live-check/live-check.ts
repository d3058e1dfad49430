import { define, Element } from "../../core/element";

const WAIT_MS = 700;

/**
 * `<ym-live-check url="…" panel="gate">` around a form: while somebody types, the form is sent to `url` and the
 * answer shown in the element with the id of `panel`. A button there with `data-field` and `data-value` writes that
 * value into the field and asks again. Without script the form's own buttons do the same with a new page.
 */
class LiveCheck extends Element {
  #timer = 0;
  #asked = 0;

  protected start(life: AbortSignal): void {
    this.addEventListener("input", () => this.#soon(), { signal: life });
    this.addEventListener("change", () => this.#soon(), { signal: life });
    this.addEventListener("click", (event) => this.#use(event), { signal: life });
    life.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  #soon(wait = WAIT_MS): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(), wait);
  }

  async #ask(): Promise<void> {
    const form = this.querySelector("form");
    const panel = document.getElementById(this.word("panel"));
    if (!form || !panel) return;
    const turn = ++this.#asked;
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.word("url"), { method: "POST", body: new FormData(form) });
      // Only the answer to the newest question counts; an older one may arrive later.
      if (answer.ok && turn === this.#asked) panel.innerHTML = await answer.text();
    } catch {
      // The next change asks again; the button below the form works without us.
    } finally {
      if (turn === this.#asked) panel.removeAttribute("aria-busy");
    }
  }

  #use(event: Event): void {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("button[data-field]");
    const field = button && this.querySelector<HTMLInputElement>(`[name="${button.dataset["field"] ?? ""}"]`);
    if (!button || !field) return;
    event.preventDefault();
    field.value = button.dataset["value"] ?? "";
    field.focus();
    this.#soon(0);
  }
}

define("ym-live-check", LiveCheck);
