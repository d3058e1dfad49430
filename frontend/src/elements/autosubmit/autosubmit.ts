import { define, Element } from "../../core/element";

/** `<ym-autosubmit>` around a filter form: a changed choice sends it; text fields wait for Enter. */
class AutoSubmit extends Element {
  protected start(life: AbortSignal): void {
    for (const button of this.querySelectorAll<HTMLElement>(".autosubmit-hide")) button.hidden = true;
    this.addEventListener("change", (event) => this.#changed(event), { signal: life });
    this.addEventListener("submit", (event) => leaveOutEmpty(event.target as HTMLFormElement), { signal: life });
  }

  #changed(event: Event): void {
    const field = event.target as HTMLInputElement;
    const typed = ["text", "search", "number", "tel", "date"].includes(field.type);
    if (!typed || field.dataset["now"] !== undefined) field.form?.requestSubmit();
  }
}

/** A link somebody may send on should not carry ten empty filters. */
function leaveOutEmpty(form: HTMLFormElement): void {
  if (form.method !== "get") return;
  const empty = [...form.elements].filter(
    (field) => "name" in field && "value" in field && field.value === "" && !(field as HTMLInputElement).disabled,
  ) as HTMLInputElement[];
  for (const field of empty) field.disabled = true;
  // Back from the next page the fields must be alive again.
  addEventListener("pageshow", () => empty.forEach((field) => (field.disabled = false)), { once: true });
}

define("ym-autosubmit", AutoSubmit);
