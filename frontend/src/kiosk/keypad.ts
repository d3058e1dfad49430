import { el } from "../core/dom";
import { define, Element } from "../core/element";

/** `<ym-keypad for wipe label>`: big number keys for one field; a machine has no keyboard. */
class Keypad extends Element {
  protected start(life: AbortSignal): void {
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", this.word("label"));
    const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "⌫"];
    this.replaceChildren(...keys.map((key) => this.#key(key, life)));
  }

  #key(key: string, life: AbortSignal): HTMLElement {
    if (!key) return el("span");
    const button = el("button", "kiosk-key", key) as HTMLButtonElement;
    button.type = "button";
    if (key === "⌫") button.setAttribute("aria-label", this.word("wipe"));
    button.addEventListener("click", () => this.#press(key), { signal: life });
    return button;
  }

  #press(key: string): void {
    const field = document.getElementById(this.word("for")) as HTMLInputElement;
    const longest = field.maxLength > 0 ? field.maxLength : 20;
    field.value = key === "⌫" ? field.value.slice(0, -1) : (field.value + key).slice(0, longest);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

define("ym-keypad", Keypad);
