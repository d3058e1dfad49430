import { define, Element } from "../../core/element";

/** `<ym-keep keep kept>` around the form of a star: keeps or takes back without leaving the page. */
class Keep extends Element {
  protected start(life: AbortSignal): void {
    this.addEventListener("submit", (event) => void this.#send(event, life), { signal: life });
  }

  async #send(event: SubmitEvent, life: AbortSignal): Promise<void> {
    const form = event.target as HTMLFormElement;
    const button = form.querySelector<HTMLButtonElement>("button");
    if (!button) return;
    event.preventDefault();
    if (button.disabled) return;
    const body = new FormData(form);
    body.set(button.name, button.value);
    button.disabled = true;
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: life,
    }).catch(() => null);
    button.disabled = false;
    if (answer?.status === 204) this.#show(button, button.value === "1");
    else if (!life.aborted) this.#leave(form, button); // logged out meanwhile: the page itself asks to log in
  }

  #show(button: HTMLButtonElement, kept: boolean): void {
    button.value = kept ? "0" : "1";
    const word = button.querySelector(".keep__word");
    if (word) word.textContent = this.word(kept ? "kept" : "keep");
    button.focus();
  }

  #leave(form: HTMLFormElement, button: HTMLButtonElement): void {
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: button.name, value: button.value });
    form.append(chosen);
    form.submit();
  }
}

define("ym-keep", Keep);
