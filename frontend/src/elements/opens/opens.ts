import { define, Element } from "../../core/element";

/** `<ym-opens for="id">` around a button: opens the `<dialog id>`; a tap on its backdrop closes it. */
class Opens extends Element {
  protected start(life: AbortSignal): void {
    this.addEventListener("click", () => this.#open(life), { signal: life });
  }

  #open(life: AbortSignal): void {
    const dialog = document.getElementById(this.word("for"));
    if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(), { signal: life });
    dialog.showModal();
  }
}

define("ym-opens", Opens);
