import { define, Element } from "../core/element";
import { part, write } from "../core/dom";
import { Faults } from "../core/faults";
import { idlePhase, onTouch } from "../core/idle";
import { sweep } from "../core/keep";
import { Live } from "../core/live";
import { every } from "../core/time";
import { clockTime, readJson, shanghai, wordsFrom } from "../core/words";
import type { Cell, MapAnswer } from "../map/cells";
import type { EmploymentMap } from "../map/map";
import { stillOpen, type Figures, type Item, type Listing } from "./answers";
import { newCard, showBars, showHero, showList, type Say } from "./blocks";
import { dayOrNight, listUrl, mapUrl, nextTheme, type Choice, type Sources, type Theme } from "./choice";
import { keepForOffline, newBuild } from "./offline";
import { VacancySheet } from "./vacancy";

/** What the template hands over in `wall-settings`. */
interface Settings extends Omit<Sources, "pageSize"> {
  figures: string;
  qr: string;
  home: string;
  worker: string;
  themes: Theme[];
  ask_ms: number;
  tour_ms: number;
  card_ms: number;
  quiet_s: number;
  warning_s: number;
}

const TWO_DAYS = 48 * 3_600_000;

/** `<ym-wall>` around the wall's template: figures, list and map of one choice; a tour until somebody touches. */
class Wall extends Element {
  #settings!: Settings;
  #say!: Say;
  #choice!: Choice;
  #figures!: Live<Figures>;
  #list!: Live<Listing>;
  #map!: Live<MapAnswer>;
  #sheet!: VacancySheet;
  #faults = new Faults();
  #touchedAt: number | null = null;
  #card = 0;

  protected start(life: AbortSignal): void {
    this.#settings = readJson<Settings>("wall-settings") as Settings;
    this.#say = wordsFrom("wall-words");
    this.#choice = { theme: this.#settings.themes[0] as Theme, cell: null, page: 1 };
    this.#sheet = new VacancySheet(this, this.#say, this.#settings, life);
    this.#listen(life);
    this.#ask(life);
    void keepForOffline(this.#settings.worker, life);
    every(1_000, () => this.#tick(life), life);
    every(this.#settings.tour_ms, () => void this.#tour(life), life);
    every(this.#settings.card_ms, () => this.#nextCard(), life);
    every(3_600_000, () => void sweep(Date.now() - TWO_DAYS), life);
    this.#tick(life);
  }

  // --- data -----------------------------------------------------------------------------------

  #ask(life: AbortSignal): void {
    const rule = { interval: this.#settings.ask_ms };
    this.#figures = new Live(this.#settings.figures, rule, (answer) => this.#gotFigures(answer.data));
    this.#list = new Live(listUrl(this.#choice, this.#sources()), rule, (answer) => this.#gotList(answer.data));
    this.#map = new Live(mapUrl(this.#choice, this.#sources()), rule, (answer) => this.#gotMap(answer.data));
    for (const block of [this.#figures, this.#list, this.#map]) void block.start(life);
  }

  #gotFigures(figures: Figures): void {
    this.#draw("hero", () => showHero(this, figures, this.#say));
    this.#draw("bars", () => showBars(this, figures, this.#say, upright() || inEnglish() ? 6 : 7));
    if (!part(this, "new").hasChildNodes()) this.#nextCard();
    this.#shown("figures");
  }

  #gotList(listing: Listing): void {
    const items = stillOpen(listing.items, this.#today()).slice(0, this.#rows());
    this.#draw("list", () => showList(this, listing, items, this.#say));
    this.#pager(listing);
    this.#shown("list");
  }

  #gotMap(answer: MapAnswer): void {
    (part(this, "map") as EmploymentMap).answer = answer;
    this.#shown("map");
  }

  #draw(block: string, draw: () => void): void {
    const well = this.#faults.guard(block, draw);
    part(this, `${block}-block`).hidden = !well;
  }

  /** For tests and the device's own check: which blocks have shown data at least once. */
  #shown(block: string): void {
    this.dataset[block] = "1";
  }

  #sources(): Sources {
    return { ...this.#settings, pageSize: this.#rows() };
  }

  /** Whole rows only: the list gives way, it is never cut. */
  #rows(): number {
    const panel = part(this, "list");
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const style = getComputedStyle(panel);
    if (style.getPropertyValue("--flows").trim()) return 8;
    return Math.max(2, Math.min(8, Math.floor((panel.clientHeight + 0.4 * rem) / (10.4 * rem))));
  }

  // --- touching -------------------------------------------------------------------------------

  #listen(life: AbortSignal): void {
    onTouch(() => this.#touched(), life);
    this.addEventListener("click", (event) => this.#clicked(event, life), { signal: life });
    this.addEventListener("cell-chosen", (event) => this.#cell((event as CustomEvent<Cell>).detail, life), { signal: life });
    // A panel that grew or shrank holds another number of whole rows: what it has at once, then its own pages.
    const sized = new ResizeObserver(() => {
      const { answer } = this.#list;
      if (!answer) return;
      this.#gotList(answer.data);
      void this.#choose({}, life);
    });
    sized.observe(part(this, "list"));
    life.addEventListener("abort", () => sized.disconnect(), { once: true });
  }

  #touched(): void {
    this.#touchedAt = Date.now();
    write(part(this, "leaving"), "");
  }

  /** Only once the touch is over: what moves under a finger is not what the finger meant. */
  #makeRoom(): void {
    this.dataset["touched"] = "1";
  }

  #clicked(event: Event, life: AbortSignal): void {
    this.#makeRoom();
    const target = (event.target as HTMLElement).closest<HTMLElement>("button");
    if (!target) return;
    const { uid, theme, step } = target.dataset;
    if (uid) this.#open(uid, life);
    const chosen = this.#settings.themes.find((one) => one.key === theme);
    if (chosen) void this.#choose({ theme: chosen, cell: null, page: 1 }, life);
    if (step) void this.#choose({ page: Math.max(1, this.#choice.page + Number(step)) }, life);
  }

  #open(uid: string, life: AbortSignal): void {
    const known = [...(this.#list.answer?.data.items ?? []), ...(this.#figures.answer?.data.newest ?? [])];
    const item = known.find((one) => one.uid === uid);
    if (item) void this.#sheet.show(item, life);
  }

  #cell(cell: Cell, life: AbortSignal): void {
    void this.#choose({ cell: cell.id, page: 1 }, life);
  }

  /** This will turn list and map to another choice; what cannot be had (no line, nothing kept) is not chosen. */
  async #choose(change: Partial<Choice>, life: AbortSignal): Promise<void> {
    const before = this.#choice;
    this.#choice = { ...before, ...change };
    this.#mark();
    const [list] = await Promise.all([
      this.#list.turn(listUrl(this.#choice, this.#sources()), life),
      this.#map.turn(mapUrl(this.#choice, this.#sources()), life),
    ]);
    if (list || life.aborted) return;
    this.#choice = before;
    this.#mark();
    await Promise.all([
      this.#list.turn(listUrl(before, this.#sources()), life),
      this.#map.turn(mapUrl(before, this.#sources()), life),
    ]);
  }

  #mark(): void {
    const { theme, cell } = this.#choice;
    for (const button of this.querySelectorAll<HTMLElement>("button[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset["theme"] === theme.key));
    }
    write(part(this, "list-title"), cell ? this.#say("cell_title") : theme.label);
    const map = part(this, "map");
    if (map.getAttribute("chosen") !== (cell ?? "")) map.setAttribute("chosen", cell ?? "");
  }

  #pager(listing: Listing): void {
    const { page } = this.#choice;
    write(part(this, "page"), listing.pages > 1 ? this.#say("page", { page, pages: listing.pages }) : "");
    (part(this, "page-back") as HTMLButtonElement).disabled = page <= 1;
    (part(this, "page-on") as HTMLButtonElement).disabled = page >= listing.pages;
    part(this, "pager").hidden = listing.pages <= 1;
  }

  // --- time -----------------------------------------------------------------------------------

  #tick(life: AbortSignal): void {
    const now = this.#now();
    write(part(this, "clock"), clockTime(now));
    write(part(this, "date"), this.#dateWords(now));
    this.#state(now);
    this.#light(dayOrNight(shanghai(now).hour, this.#asked("theme")));
    // The day turns at midnight for the list too, with or without a line.
    if (this.dataset["day"] !== this.#today() && this.#list.answer) this.#gotList(this.#list.answer.data);
    this.dataset["day"] = this.#today();
    this.#idle(life);
  }

  #light(theme: "day" | "night"): void {
    const root = document.documentElement;
    // Only a change: the map redraws itself whenever this attribute is set.
    if (root.dataset["theme"] !== theme) root.dataset["theme"] = theme;
  }

  #state(now: number): void {
    const slot = part(this, "state");
    const answer = this.#figures.answer;
    const freshness = answer ? this.#figures.freshness(now) : "offline";
    slot.dataset["state"] = freshness;
    // When the house last said so: figures that did not change are not sent again, and are no older for it.
    const time = answer ? clockTime(answer.at) : "";
    write(slot, answer ? this.#say(freshness, { time }) : this.#say("waiting"));
  }

  #idle(life: AbortSignal): void {
    if (this.#touchedAt === null) return;
    const rule = { quietSeconds: this.#settings.quiet_s, warningSeconds: this.#settings.warning_s };
    const { phase, left } = idlePhase((Date.now() - this.#touchedAt) / 1000, rule);
    if (phase === "warning") write(part(this, "leaving"), this.#say("leaving", { n: left }));
    if (phase === "over") this.#reset(life);
  }

  /** Back to the beginning: whoever comes next sees no trace. */
  #reset(life: AbortSignal): void {
    this.#touchedAt = null;
    delete this.dataset["touched"];
    write(part(this, "leaving"), "");
    this.#sheet.close();
    (part(this, "map") as EmploymentMap).home?.();
    // Another language was somebody's choice; the wall itself speaks Chinese.
    if (!document.documentElement.lang.startsWith("zh")) return location.replace(this.#settings.home);
    void this.#choose({ theme: this.#settings.themes[0] as Theme, cell: null, page: 1 }, life);
  }

  async #tour(life: AbortSignal): Promise<void> {
    if (this.#touchedAt !== null) return;
    if (await newBuild()) return;
    if (this.#asked("tour") === "0") return;
    await this.#choose({ theme: nextTheme(this.#settings.themes, this.#choice.theme), cell: null, page: 1 }, life);
  }

  #nextCard(): void {
    const items = stillOpen(this.#figures.answer?.data.newest ?? [], this.#today());
    const block = part(this, "new-block");
    block.hidden = items.length === 0;
    const item: Item | undefined = items[this.#card++ % Math.max(1, items.length)];
    if (item) this.#draw("new", () => part(this, "new").replaceChildren(newCard(item, this.#say)));
  }

  #now(): number {
    return Date.now() + this.#figures.skew;
  }

  #today(): string {
    return shanghai(this.#now()).date;
  }

  #dateWords(now: number): string {
    const style = { month: "long", day: "numeric", weekday: "long", timeZone: "Asia/Shanghai" } as const;
    return new Date(now).toLocaleDateString(inEnglish() ? "en-GB" : "zh-CN", style);
  }

  #asked(name: string): string | null {
    return new URLSearchParams(location.search).get(name);
  }
}

/** English words are longer: fewer of them fit. */
function inEnglish(): boolean {
  return document.documentElement.lang === "en";
}

function upright(): boolean {
  return matchMedia("(orientation: portrait)").matches;
}

define("ym-wall", Wall);
