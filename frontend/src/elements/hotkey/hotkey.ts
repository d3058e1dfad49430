import { define, Element } from "../../core/element";

/** `<ym-hotkey key="/" for="id">`: the key, pressed outside any field, puts the cursor into the field. */
class Hotkey extends Element {
  protected start(life: AbortSignal): void {
    document.addEventListener("keydown", (event) => this.#press(event), { signal: life });
  }

  #press(event: KeyboardEvent): void {
    if (event.key !== this.word("key") || event.ctrlKey || event.metaKey || event.altKey || typing()) return;
    const field = document.getElementById(this.word("for"));
    if (!(field instanceof HTMLInputElement)) return;
    event.preventDefault();
    field.focus();
    field.select();
  }
}

function typing(): boolean {
  return document.activeElement?.matches("textarea, select, input:not([type=radio], [type=checkbox])") ?? false;
}

define("ym-hotkey", Hotkey);
