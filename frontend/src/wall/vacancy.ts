/** One vacancy on the wall, with the code that opens the same vacancy on the phone. */

import { el, part, write } from "../core/dom";
import type { Item } from "./answers";
import type { Notice } from "./asked";
import { walk, type Say } from "./blocks";
import { clockTime } from "../core/words";
import { dayWord, type Session } from "./week";

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
    private readonly where: { list: string; qr: string; session_qr: string; here: string },
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
    this.#open(item.uid, item.title, this.where.qr);
    try {
      const url = `${this.where.list}/${item.uid}?from=${encodeURIComponent(this.where.here)}`;
      const response = await fetch(url, { headers: { Accept: "application/json" }, signal: life });
      if (response.ok && this.#dialog.dataset["uid"] === item.uid) this.#fill((await response.json()) as Whole);
    } catch (error) {
      if (!life.aborted) console.warn("vacancy", error);
    }
  }

  /** This will show one session of the programme: when, where, and the code that opens it on the phone. */
  showSession(session: Session, now: number): void {
    const day = new Date(session.starts_at).toLocaleDateString(document.documentElement.lang === "en" ? "en-GB" : "zh-CN", {
      month: "long", day: "numeric", timeZone: "Asia/Shanghai",
    }); // prettier-ignore
    const [from, to] = [clockTime(Date.parse(session.starts_at)), clockTime(Date.parse(session.ends_at))];
    write(part(this.#dialog, "sheet-title"), session.title);
    write(part(this.#dialog, "sheet-pay"), `${day} ${dayWord(session.starts_at, now, this.say)} ${from}–${to}`);
    write(part(this.#dialog, "sheet-firm"), session.kind_label);
    this.#facts([
      [this.say("fact_place"), [session.place, session.room].filter(Boolean).join(" · ")],
      [this.say("fact_seats"), session.seats === null ? "" : String(session.seats)],
    ]);
    write(part(this.#dialog, "sheet-text"), session.summary);
    part(this.#dialog, "sheet-tags").replaceChildren();
    this.#open(session.uid, session.title, this.where.session_qr);
  }

  /** This will show a notice whole; it leads nowhere, so there is no code. */
  showNotice(notice: Notice): void {
    write(part(this.#dialog, "sheet-title"), notice.title);
    write(part(this.#dialog, "sheet-text"), notice.body);
    for (const name of ["sheet-pay", "sheet-firm"]) write(part(this.#dialog, name), "");
    for (const name of ["sheet-facts", "sheet-tags"]) part(this.#dialog, name).replaceChildren();
    this.#dialog.dataset["plain"] = "1";
    this.#dialog.dataset["uid"] = notice.uid;
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  close(): void {
    this.#dialog.close();
  }

  #open(uid: string, title: string, qr: string): void {
    delete this.#dialog.dataset["plain"];
    const image = part(this.#dialog, "sheet-qr") as HTMLImageElement;
    image.src = qr.replace("{uid}", uid);
    image.alt = this.say("qr_alt", { title });
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.dataset["uid"] = uid;
  }

  #fill(item: Whole): void {
    write(part(this.#dialog, "sheet-title"), item.title);
    write(part(this.#dialog, "sheet-pay"), item.pay);
    write(part(this.#dialog, "sheet-firm"), item.organisation);
    this.#facts([
      [this.say("fact_place"), item.place],
      [this.say("fact_way"), walk(item, this.say)],
      [this.say("fact_openings"), this.say("people", { n: item.openings })],
      [this.say("fact_education"), item.education],
      [this.say("fact_hours"), item.hours ?? ""],
      [this.say("fact_until"), item.valid_until ?? ""],
    ]);
    write(part(this.#dialog, "sheet-text"), item.content || item.requirements || "");
    part(this.#dialog, "sheet-tags").replaceChildren(...(item.tags ?? []).slice(0, 4).map((tag) => el("li", "wall-tag", tag)));
  }

  #facts(facts: [string, string][]): void {
    const rows = facts.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", "", name), el("dd", "", value)]);
    part(this.#dialog, "sheet-facts").replaceChildren(...rows);
  }

  #coded(there: boolean): void {
    part(this.#dialog, "sheet-qr").hidden = !there;
    part(this.#dialog, "sheet-scan").hidden = !there;
    part(this.#dialog, "sheet-no-code").hidden = there;
  }
}
