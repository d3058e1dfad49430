/** One vacancy on the wall, with the code that opens the same vacancy on the phone. */

import { el, part, write } from "../core/dom";
import type { Item } from "./answers";
import { walk, type Say } from "./blocks";

/** What `GET /api/v1/vacancies/{uid}` adds, as far as the wall reads it. */
interface Whole extends Item {
  content?: string;
  requirements?: string;
  hours?: string;
  employment_type?: string;
}

export class VacancySheet {
  readonly #dialog: HTMLDialogElement;

  constructor(
    root: ParentNode,
    private readonly say: Say,
    private readonly where: { list: string; qr: string; here: string },
    life: AbortSignal,
  ) {
    this.#dialog = part(root, "sheet") as HTMLDialogElement;
    part(root, "sheet-close").addEventListener("click", () => this.close(), { signal: life });
    const tapped = (event: Event): void => void (event.target === this.#dialog && this.close());
    this.#dialog.addEventListener("click", tapped, { signal: life });
    const image = part(root, "sheet-qr") as HTMLImageElement;
    // Without the line there is no code: then a person helps.
    image.addEventListener("error", () => this.#coded(false), { signal: life });
    image.addEventListener("load", () => this.#coded(true), { signal: life });
  }

  get open(): boolean {
    return this.#dialog.open;
  }

  /** This will show what the list knows at once and fill in the rest when it comes. */
  async show(item: Item, life: AbortSignal): Promise<void> {
    this.#fill(item);
    const image = part(this.#dialog, "sheet-qr") as HTMLImageElement;
    image.src = this.where.qr.replace("{uid}", item.uid);
    image.alt = this.say("qr_alt", { title: item.title });
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.dataset["uid"] = item.uid;
    try {
      const url = `${this.where.list}/${item.uid}?from=${encodeURIComponent(this.where.here)}`;
      const response = await fetch(url, { headers: { Accept: "application/json" }, signal: life });
      if (response.ok && this.#dialog.dataset["uid"] === item.uid) this.#fill((await response.json()) as Whole);
    } catch (error) {
      if (!life.aborted) console.warn("vacancy", error);
    }
  }

  close(): void {
    this.#dialog.close();
  }

  #fill(item: Whole): void {
    write(part(this.#dialog, "sheet-title"), item.title);
    write(part(this.#dialog, "sheet-pay"), item.pay);
    write(part(this.#dialog, "sheet-firm"), item.organisation);
    const facts: [string, string][] = [
      [this.say("fact_place"), [item.place, walk(item, this.say)].filter(Boolean).join(" · ")],
      [this.say("fact_openings"), this.say("people", { n: item.openings })],
      [this.say("fact_education"), item.education],
      [this.say("fact_hours"), item.hours ?? ""],
      [this.say("fact_until"), item.valid_until ?? ""],
    ];
    const rows = facts.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", "", name), el("dd", "", value)]);
    part(this.#dialog, "sheet-facts").replaceChildren(...rows);
    write(part(this.#dialog, "sheet-text"), item.content || item.requirements || "");
    part(this.#dialog, "sheet-tags").replaceChildren(...(item.tags ?? []).slice(0, 4).map((tag) => el("li", "wall-tag", tag)));
  }

  #coded(there: boolean): void {
    part(this.#dialog, "sheet-qr").hidden = !there;
    part(this.#dialog, "sheet-scan").hidden = !there;
    part(this.#dialog, "sheet-no-code").hidden = there;
  }
}
