import { define, Element } from "../../core/element";

/** `<ym-dialog-confirm title text yes no>` around a form: asks before the form is sent. */
class DialogConfirm extends Element {
  #agreed = false;

  protected start(life: AbortSignal): void {
    this.addEventListener("submit", (event) => this.#ask(event as SubmitEvent), { signal: life });
  }

  #ask(event: SubmitEvent): void {
    if (this.#agreed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target as HTMLFormElement;
    const dialog = this.#dialog();
    dialog.addEventListener("close", () => this.#answered(dialog, form, event.submitter), { once: true });
    document.body.append(dialog);
    dialog.showModal();
  }

  #answered(dialog: HTMLDialogElement, form: HTMLFormElement, button: HTMLElement | null): void {
    const yes = dialog.returnValue === "yes";
    dialog.remove();
    if (!yes) return button?.focus();
    this.#agreed = true;
    form.requestSubmit(button as HTMLButtonElement | null);
    this.#agreed = false;
  }

  #dialog(): HTMLDialogElement {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const form = document.createElement("form");
    form.method = "dialog";
    form.className = "stack";
    const title = Object.assign(document.createElement("h2"), { textContent: this.word("title") });
    const text = Object.assign(document.createElement("p"), { textContent: this.word("text") });
    const actions = Object.assign(document.createElement("div"), { className: "actions actions--end" });
    actions.append(answer("no", this.word("no"), "button button--quiet"));
    actions.append(answer("yes", this.word("yes"), this.word("look") || "button button--danger"));
    form.append(title, text, actions);
    dialog.append(form);
    dialog.setAttribute("aria-label", this.word("title"));
    return dialog;
  }
}

function answer(value: string, words: string, look: string): HTMLButtonElement {
  return Object.assign(document.createElement("button"), { value, textContent: words, className: look });
}

define("ym-dialog-confirm", DialogConfirm);
