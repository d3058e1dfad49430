import { define, Element } from "../core/element";
import { part, write } from "../core/dom";
import { Faults } from "../core/faults";
import { idlePhase, onTouch } from "../core/idle";
import { sweep } from "../core/keep";
import { listen } from "../core/news";
import { keepForOffline, newBuild } from "../core/offline";
import { after, every } from "../core/time";
import { clockTime, readJson, shanghai, wordsFrom } from "../core/words";
import type { Cell, MapAnswer } from "../map/cells";
import type { EmploymentMap } from "../map/map";
import { stillOpen, type Figures, type Item, type Listing } from "./answers";
import { keepAnswersWhole, showAsked, standing, type Notices } from "./asked";
import { newCard, showBars, showHero, showList, type Say } from "./blocks";
import { countUrl, dayOrNight, nextTheme, type Choice, type Sources, type Theme } from "./choice";
import { Feeds } from "./feeds";
import { filled, type Group } from "./filters";
import { placesOf, seamsFrom, type Seams } from "./mosaic";
import { showNarration, type Narration } from "./narration";
import { fitRows } from "./room";
import { Rotor } from "./rotor";
import { FilterSheet } from "./sheet-filter";
import { VacancySheet } from "./vacancy";
import { comingUp, showWeek, type Programme, type Session } from "./week";

/** What the template hands over in `wall-settings`. */
interface Settings extends Omit<Sources, "pageSize"> {
  qr: string;
  session_qr: string;
  home: string;
  worker: string;
  themes: Theme[];
  filters: Group[];
  theme: string | null;
  seams: Seams | null;
  ask_ms: number;
  tour_ms: number;
  card_ms: number;
  quiet_s: number;
  warning_s: number;
}

const TWO_DAYS = 48 * 3_600_000;
const NEAR_M = 90;
const TURNS = ["bars", "new", "asked"] as const;

/** `<ym-wall>` around the wall's template: blocks of one choice; a tour until somebody touches. */
class Wall extends Element {
  #settings!: Settings;
  #say!: Say;
  #choice!: Choice;
  /** The last choice for which there was an answer. */
  #standing!: Choice;
  #feeds!: Feeds;
  #sheet!: VacancySheet;
  #filter!: FilterSheet;
  #rotor!: Rotor;
  #faults = new Faults();
  #touchedAt: number | null = null;
  #turn = 0;
  /** What stands in the list now: a finger means that, whatever is being asked for meanwhile. */
  #listed: Item[] = [];
  #pressed = false;
  #later: [Listing, Choice] | null = null;
  #sessions: Session[] = [];
  #notices: Notices["items"] = [];
  #told: Narration | null = null;

  protected start(life: AbortSignal): void {
    this.#settings = readJson<Settings>("wall-settings") as Settings;
    this.#say = wordsFrom("wall-words");
    this.#choice = { theme: this.#settings.themes[0] as Theme, cell: null, page: 1, radius: NEAR_M };
    this.#standing = this.#choice;
    this.#sheet = new VacancySheet(this, this.#say, this.#settings, life);
    this.#filter = this.#filters(life);
    this.#rotor = new Rotor(this, TURNS);
    keepAnswersWhole(this, life);
    this.#acrossPanels(seamsFrom(this.#asked("seams")) ?? this.#settings.seams);
    this.#listen(life);
    this.#ask(life);
    void keepForOffline(this.#settings.worker, "/", life);
    every(1_000, () => this.#tick(life), life);
    every(this.#settings.tour_ms, () => void this.#tour(life), life);
    every(this.#settings.card_ms, () => this.#nextTurn(), life);
    every(3_600_000, () => void sweep(Date.now() - TWO_DAYS), life);
    this.#tick(life);
  }

  // --- data -----------------------------------------------------------------------------------

  #ask(life: AbortSignal): void {
    this.#feeds = new Feeds(() => this.#sources(), this.#choice, this.#settings.ask_ms, {
      figures: (figures) => this.#gotFigures(figures),
      list: (listing, choice) => this.#gotList(listing, choice),
      map: (answer) => this.#gotMap(answer),
      narration: (told) => this.#gotNarration(told),
      programme: (programme) => this.#gotProgramme(programme),
      notices: (notices) => this.#gotNotices(notices),
    });
    this.#feeds.start(life);
    listen(["vacancies", "programme", "windows"], (topic) => this.#feeds.news(topic, life), life);
  }

  #gotFigures(figures: Figures): void {
    this.#draw("hero", () => showHero(this, figures, this.#say));
    this.#draw("bars", () => showBars(this, figures, this.#say, upright() ? 5 : 4));
    this.#fit();
    this.#rotor.fill("bars", figures.industries.length > 0);
    if (!part(this, "new").hasChildNodes()) this.#nextCard();
    this.#shown("figures");
  }

  /** Its name goes with the list: a choice that is not answered yet names nothing. */
  #gotList(listing: Listing, choice: Choice): void {
    // Between a finger's down and up nothing under it is drawn anew, or the touch would mean nothing.
    if (this.#pressed) return void (this.#later = [listing, choice]);
    this.#name(choice);
    const items = stillOpen(listing.items, this.#today()).slice(0, this.#rows());
    this.#listed = items;
    this.#draw("list", () => showList(this, listing, items, this.#say));
    this.#pager(listing, choice);
    this.#shown("list");
  }

  #name({ theme, cell }: Choice): void {
    write(part(this, "list-title"), cell ? this.#say("cell_title") : theme.label);
    part(this, "back").hidden = !cell;
  }

  #listAgain(): void {
    const { listed } = this.#feeds;
    if (listed) this.#gotList(...listed);
  }

  #gotMap(answer: MapAnswer): void {
    (part(this, "map") as EmploymentMap).answer = answer;
    this.#shown("map");
  }

  #gotNarration(told: Narration): void {
    this.#told = told;
    part(this, "said-block").hidden = false;
    this.#narrate();
    this.#shown("narration");
  }

  #narrate(): void {
    const told = this.#told;
    if (told) this.#draw("said", () => showNarration(this, told, this.#say, upright() ? 4 : 2, Math.floor(this.#turn / 2)));
    this.#fit();
  }

  #fit(): void {
    fitRows(this.querySelector<HTMLElement>(".wall-right") as HTMLElement, part(this, "week"), part(this, "said"));
  }

  #gotProgramme(programme: Programme): void {
    this.#sessions = programme.sessions;
    this.#week();
    this.#shown("programme");
  }

  #week(): void {
    const coming = comingUp(this.#sessions, this.#now(), upright() ? 5 : 3);
    this.#draw("week", () => showWeek(this, coming, this.#now(), this.#say));
    part(this, "week-block").hidden = coming.length === 0;
    this.#fit();
  }

  #gotNotices(notices: Notices): void {
    this.#notices = notices.items;
    this.#nextNotice();
    this.#shown("notices");
  }

  /** A block that throws keeps what it showed; the third time in ten minutes it is out of the way. */
  #draw(block: string, draw: () => void): void {
    const well = this.#faults.guard(block, draw);
    if (!well) part(this, `${block}-block`).hidden = true;
    if (!well && TURNS.some((turn) => turn === block)) this.#rotor.fill(block, false);
  }

  /** For tests and the device's own check: which blocks have shown data at least once. */
  #shown(block: string): void {
    this.dataset[block] = "1";
    this.dataset["freshAt"] = String(this.#now());
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
    const row = Number.parseFloat(style.getPropertyValue("--row")) || 10.4;
    const columns = Number.parseFloat(style.getPropertyValue("--list-columns")) || 1;
    return columns * Math.max(2, Math.min(8, Math.floor((panel.clientHeight + 0.4 * rem) / (row * rem))));
  }

  #acrossPanels(seams: Seams | null): void {
    if (!seams) return;
    this.dataset["mosaic"] = `${seams.columns}x${seams.rows}`;
    this.style.setProperty("--columns", String(seams.columns));
    this.style.setProperty("--rows", String(seams.rows));
    this.style.setProperty("--gap", `${seams.gap_px / devicePixelRatio}px`);
    const places = placesOf(seams);
    for (const zone of this.querySelectorAll<HTMLElement>("[data-zone]")) {
      const place = places[zone.dataset["zone"] ?? ""];
      if (place) zone.style.setProperty("grid-area", place);
      else if (!["head", "foot"].includes(zone.dataset["zone"] ?? "")) zone.dataset["out"] = "1";
    }
  }

  // --- touching -------------------------------------------------------------------------------

  #listen(life: AbortSignal): void {
    onTouch(() => this.#touched(), life);
    this.addEventListener("pointerdown", () => void (this.#pressed = true), { signal: life });
    for (const end of ["pointerup", "pointercancel"]) {
      // After the click that follows.
      document.addEventListener(end, () => after(0, () => this.#released(), life), { signal: life });
    }
    this.addEventListener("click", (event) => this.#clicked(event, life), { signal: life });
    this.addEventListener("cell-chosen", (event) => this.#cell((event as CustomEvent<Cell>).detail, life), { signal: life });
    this.addEventListener("map-lost", (event) => this.#mapLost((event as CustomEvent<string>).detail), { signal: life });
    const farther = (event: Event): void => void this.#choose({ radius: (event as CustomEvent<number>).detail, cell: null }, life);
    this.addEventListener("radius-wanted", farther, { signal: life });
    // A panel that grew or shrank holds another number of whole rows: what it has at once, then its own pages.
    const sized = new ResizeObserver(() => {
      this.#fit();
      this.#listAgain();
      void this.#choose({}, life);
    });
    sized.observe(part(this, "list"));
    life.addEventListener("abort", () => sized.disconnect(), { once: true });
  }

  /** Nothing can be drawn here: the list, which says the same, takes the map's place. */
  #mapLost(why: string): void {
    if (why === "no_webgl") this.dataset["mapless"] = "1";
  }

  #filters(life: AbortSignal): FilterSheet {
    const count = async (query: string): Promise<number | null> => {
      const headers = { Accept: "application/json" };
      const answer = await fetch(countUrl(query, this.#settings), { headers, signal: life }).catch(() => null);
      return answer?.ok ? ((await answer.json()) as Listing).total : null;
    };
    const done = (theme: Theme | null): void =>
      void this.#choose({ theme: theme ?? (this.#settings.themes[0] as Theme), cell: null, page: 1 }, life);
    return new FilterSheet(this, this.#say, count, done, life);
  }

  #groups(): Group[] {
    const industry = (this.#feeds.figures.answer?.data.industries ?? []).filter((one) => one.code).slice(0, 8);
    const tag = (this.#feeds.list.answer?.data.facets?.["tag"] ?? []).slice(0, 6);
    return filled(this.#settings.filters, { industry, tag });
  }

  #touched(): void {
    this.#touchedAt = Date.now();
    write(part(this, "leaving"), "");
  }

  #released(): void {
    this.#pressed = false;
    const later = this.#later;
    this.#later = null;
    if (later) this.#gotList(...later);
  }

  /** Only once the touch is over: what moves under a finger is not what the finger meant. */
  #makeRoom(): void {
    this.dataset["touched"] = "1";
  }

  #clicked(event: Event, life: AbortSignal): void {
    this.#makeRoom();
    const target = (event.target as HTMLElement).closest<HTMLElement>("button");
    if (!target) return;
    const { uid, theme, step, turn, session, notice } = target.dataset;
    if (uid) this.#open(uid, life);
    const chosen = this.#settings.themes.find((one) => one.key === theme);
    if (chosen) void this.#choose({ theme: chosen, cell: null, page: 1 }, life);
    if (step) void this.#choose({ page: Math.max(1, this.#choice.page + Number(step)) }, life);
    if (turn) this.#rotor.show(turn);
    if (session) this.#openSession(session);
    if (notice) this.#openNotice(notice);
    if (target.dataset["part"] === "filter-open") this.#filter.show(this.#groups());
    if (target.dataset["part"] === "back") void this.#choose({ cell: null, page: 1 }, life);
  }

  #open(uid: string, life: AbortSignal): void {
    const known = [...this.#listed, ...(this.#feeds.figures.answer?.data.newest ?? [])];
    const item = known.find((one) => one.uid === uid);
    if (item) void this.#sheet.show(item, life);
  }

  #openSession(uid: string): void {
    const session = this.#sessions.find((one) => one.uid === uid);
    if (session) this.#sheet.showSession(session, this.#now());
  }

  #openNotice(uid: string): void {
    const notice = this.#notices.find((one) => one.uid === uid);
    if (notice) this.#sheet.showNotice(notice);
  }

  #cell(cell: Cell, life: AbortSignal): void {
    void this.#choose({ cell: cell.id, page: 1 }, life);
  }

  /** This will turn list, map and sentences to another choice; what cannot be had (no line) is not chosen. */
  async #choose(change: Partial<Choice>, life: AbortSignal): Promise<void> {
    const mine = { ...this.#choice, ...change };
    this.#choice = mine;
    this.#mark();
    part(this, "list").setAttribute("aria-busy", "true");
    const isAnswered = await this.#feeds.turn(mine, life);
    // Whoever has chosen again meanwhile decides what is seen.
    if (life.aborted || this.#choice !== mine) return;
    part(this, "list").removeAttribute("aria-busy");
    if (isAnswered) return void this.#stands(mine);
    this.#choice = this.#standing;
    this.#mark();
    await this.#feeds.turn(this.#standing, life);
  }

  /** Answered; where two choices are one question (a chip, and the same wish put together), nothing was told. */
  #stands(choice: Choice): void {
    this.#standing = choice;
    if (!this.#later) this.#name(choice);
  }

  #mark(): void {
    const { theme, cell } = this.#choice;
    for (const button of this.querySelectorAll<HTMLElement>("button[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset["theme"] === theme.key));
    }
    part(this, "filter-open").setAttribute("aria-pressed", String(theme.key === "own"));
    const map = part(this, "map");
    if (map.getAttribute("chosen") !== (cell ?? "")) map.setAttribute("chosen", cell ?? "");
  }

  #pager(listing: Listing, { page }: Choice): void {
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
    this.#light(dayOrNight(shanghai(now).hour, this.#asked("theme") ?? this.#settings.theme));
    // The day turns at midnight for the list too, with or without a line.
    if (this.dataset["day"] !== this.#today()) this.#listAgain();
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
    const { answer } = this.#feeds.figures;
    const freshness = answer ? this.#feeds.figures.freshness(now) : "offline";
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
    this.#filter.reset();
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

  /** Every few seconds the next card; every second time the next block, unless somebody holds one. */
  #nextTurn(): void {
    if (this.#pressed) return;
    this.#turn += 1;
    this.#nextCard();
    this.#nextNotice();
    this.#week();
    this.#narrate();
    if (this.#touchedAt === null && this.#turn % 2 === 0) this.#rotor.turn();
  }

  #nextCard(): void {
    const items = stillOpen(this.#feeds.figures.answer?.data.newest ?? [], this.#today());
    const item: Item | undefined = items[this.#turn % Math.max(1, items.length)];
    if (item) this.#draw("new", () => part(this, "new").replaceChildren(newCard(item, this.#say)));
    this.#rotor.fill("new", item !== undefined);
  }

  #nextNotice(): void {
    const now = standing(this.#notices, this.#now());
    const notice = now[Math.floor(this.#turn / 2) % Math.max(1, now.length)];
    if (notice) this.#draw("asked", () => showAsked(this, notice));
    this.#rotor.fill("asked", notice !== undefined);
  }

  #now(): number {
    return Date.now() + this.#feeds.figures.skew;
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

function inEnglish(): boolean {
  return document.documentElement.lang === "en";
}

function upright(): boolean {
  return matchMedia("(orientation: portrait)").matches;
}

define("ym-wall", Wall);
