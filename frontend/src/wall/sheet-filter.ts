/** The sheet of filters: chips in groups, a live count, one button to look, one to clear. */

import { el, part, write } from "../core/dom";
import { counted } from "../core/words";
import type { Say } from "./blocks";
import type { Theme } from "./choice";
import { labelOf, queryOf, touched, type Group } from "./filters";

export class FilterSheet {
  readonly #dialog: HTMLDialogElement;
  #groups: Group[] = [];
  #chosen = new Set<string>();
  #asked = 0;

  constructor(
    root: ParentNode,
    private readonly say: Say,
    private readonly count: (query: string) => Promise<number | null>,
    private readonly done: (theme: Theme | null) => void,
    life: AbortSignal,
  ) {
    this.#dialog = part(root, "filter") as HTMLDialogElement;
    const on = (name: string, act: () => void): void =>
      part(this.#dialog, name).addEventListener("click", act, { signal: life });
    on("filter-show", () => this.#finish());
    on("filter-clear", () => this.#clear());
    on("filter-close", () => this.close());
    this.#dialog.addEventListener("click", (event) => this.#touched(event), { signal: life });
  }

  get open(): boolean {
    return this.#dialog.open;
  }

  show(groups: Group[]): void {
    this.#groups = groups.filter((group) => group.options.length > 0);
    this.#draw();
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  close(): void {
    this.#dialog.close();
  }

  /** This will forget what was chosen: the next one starts anew. */
  reset(): void {
    this.#chosen.clear();
    this.close();
  }

  #touched(event: Event): void {
    if (event.target === this.#dialog) return this.close();
    const key = (event.target as HTMLElement).closest<HTMLElement>("[data-option]")?.dataset["option"];
    const group = this.#groups.find((one) => one.options.some((option) => option.key === key));
    if (!key || !group) return;
    this.#chosen = touched(this.#chosen, group, key);
    this.#mark();
  }

  #clear(): void {
    this.#chosen.clear();
    this.#mark();
  }

  #finish(): void {
    const query = queryOf(this.#groups, this.#chosen);
    this.close();
    this.done(query ? { key: "own", label: labelOf(this.#groups, this.#chosen), query } : null);
  }

  #draw(): void {
    part(this.#dialog, "filter-groups").replaceChildren(...this.#groups.map(fieldset));
    this.#mark();
  }

  #mark(): void {
    for (const chip of this.#dialog.querySelectorAll<HTMLElement>("[data-option]")) {
      chip.setAttribute("aria-pressed", String(this.#chosen.has(chip.dataset["option"] ?? "")));
    }
    void this.#recount();
  }

  /** The last question's answer counts; an older one that comes late does not. */
  async #recount(): Promise<void> {
    const turn = ++this.#asked;
    const found = await this.count(queryOf(this.#groups, this.#chosen));
    if (turn !== this.#asked) return;
    const words = found === null ? this.say("filter_show") : this.say("filter_show_n", { n: counted(found) });
    write(part(this.#dialog, "filter-show"), words);
  }
}

function fieldset(group: Group): HTMLElement {
  const chips = group.options.map((option) => {
    const chip = el("button", "wall-chip", option.label) as HTMLButtonElement;
    chip.type = "button";
    chip.dataset["option"] = option.key;
    return chip;
  });
  const note = group.note ? el("p", "wall-filter__note", group.note) : null;
  return el("fieldset", "wall-filter__group", el("legend", "", group.label), el("div", "wall-filter__chips", ...chips), note);
}
