import type { MapAnswer } from "../map/cells";
import { define, Element } from "../core/element";
import { every } from "../core/time";
import { readJson } from "../core/words";
import { isOwed, settle } from "./ending";
import { fits, uidIn, type Facts } from "./sift";

const ASK_MS = 5_000;
const PAGES = ["", "vacancies/", "suits/", "basket/", "phone/", "mine/", "help/"];

/** `<ym-offline home end>` around the page that stands in while the network is down: sifts what is there, shows
    one vacancy at a time, and goes back to the page that was wanted as soon as the house answers again. */
class Offline extends Element {
  #wishes = new Set<string>();
  #cell = "";

  protected start(life: AbortSignal): void {
    this.#dress();
    this.addEventListener("click", (event) => this.#tapped(event), { signal: life });
    this.addEventListener("submit", (event) => this.#asked(event), { signal: life });
    this.addEventListener("cell-chosen", (event) => this.#chosen(event as CustomEvent<{ id: string }>), { signal: life });
    every(ASK_MS, () => void this.#ask(life), life);
    addEventListener("online", () => void this.#ask(life), { signal: life });
    this.#open(uidIn(location.pathname));
    this.#sift();
    void customElements.whenDefined("ym-map").then(() => this.#draw());
  }

  /** The page is kept as for nobody: large print is put on here. */
  #dress(): void {
    const size = /(?:^|; )ym_text=([123])/.exec(document.cookie)?.[1];
    document.documentElement.classList.toggle("elder", Boolean(size));
    if (size) document.documentElement.dataset["text"] = size;
  }

  #draw(): void {
    const map = this.querySelector("ym-map") as (HTMLElement & { answer?: MapAnswer }) | null;
    const answer = readJson<MapAnswer>("offline-map");
    if (map && answer) map.answer = answer;
  }

  #tapped(event: Event): void {
    const target = (event.target as HTMLElement).closest<HTMLElement>("[data-wish], [data-view], [data-open], [data-list]");
    if (!target) return;
    event.preventDefault();
    const { wish, view, open } = target.dataset;
    if (wish) this.#wish(target, wish);
    if (view) this.#view(view);
    if (open) this.#open(open);
    if ("list" in target.dataset) this.#open("");
  }

  #wish(chip: HTMLElement, wish: string): void {
    if (!this.#wishes.delete(wish)) this.#wishes.add(wish);
    chip.setAttribute("aria-pressed", String(this.#wishes.has(wish)));
    this.#sift();
  }

  #view(view: string): void {
    this.querySelector(".kiosk-split")?.classList.toggle("kiosk-split--map", view === "map");
    for (const tab of this.querySelectorAll<HTMLElement>("[data-view]")) {
      tab.setAttribute("aria-pressed", String(tab.dataset["view"] === view));
    }
    this.#cell = "";
    this.#sift();
  }

  #chosen(event: CustomEvent<{ id: string }>): void {
    this.#view("list");
    this.#cell = event.detail.id;
    this.#sift();
  }

  #asked(event: Event): void {
    event.preventDefault();
    this.#sift();
  }

  #sift(): void {
    const words = this.querySelector<HTMLInputElement>("[name=q]")?.value ?? "";
    let left = 0;
    for (const card of this.querySelectorAll<HTMLElement>("[data-vacancy]")) {
      const stays = fits(factsOf(card), { words, cell: this.#cell, wishes: this.#wishes });
      card.hidden = !stays;
      left += Number(stays);
    }
    const nothing = this.querySelector<HTMLElement>("[data-part=nothing]");
    if (nothing) nothing.hidden = left > 0;
  }

  /** One vacancy, or the list; a vacancy that is not kept here leads to the list. */
  #open(uid: string): void {
    const shown = uid ? document.getElementById(`kept-${uid}`) : null;
    for (const one of this.querySelectorAll<HTMLElement>("[data-part=one]")) one.hidden = one !== shown;
    const list = this.querySelector<HTMLElement>("[data-part=all]");
    if (list) list.hidden = shown !== null;
    this.dataset["open"] = shown ? uid : "";
    scrollTo(0, 0);
  }

  async #ask(life: AbortSignal): Promise<void> {
    const home = this.word("home");
    try {
      const answer = await fetch(home, { method: "HEAD", cache: "no-store", signal: life });
      if (!answer.ok) return;
    } catch {
      return;
    }
    if (isOwed() && !(await settle(home, this.word("end")))) return;
    const open = this.dataset["open"];
    location.replace(open ? `${home}vacancies/${open}/` : this.#wanted());
  }

  /** The page that was wanted; where only a form leads, the first screen instead. */
  #wanted(): string {
    const page = location.pathname.slice(this.word("home").length);
    return PAGES.includes(page) ? location.href : this.word("home");
  }
}

function factsOf(card: HTMLElement): Facts {
  const { meets = "", cell = "" } = card.dataset;
  return { text: card.textContent ?? "", meets: meets.split(" "), cell };
}

define("ym-offline", Offline);
