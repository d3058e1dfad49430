import { el } from "../core/dom";
import { define, Element } from "../core/element";
import { idlePhase, onTouch } from "../core/idle";
import { after, every } from "../core/time";
import { fill } from "../core/words";
import { empty, isOwed, owe, settle, tell } from "./ending";
import { isOfBefore, mark } from "./history";
import { hush, say } from "./voice";

const AGAIN_MS = 3_000;

/** `<ym-idle quiet warning form home title words more [visiting] [rests] [cut]>`: watches over idleness, warns, then wipes the machine. */
class Idle extends Element {
  #touchedAt = Date.now();
  #touched = false;
  #over = false;
  #dialog: HTMLElement | null = null;
  #others = new BroadcastChannel("yuanmeng-kiosk");

  protected start(life: AbortSignal): void {
    if (isOwed() && !this.hasAttribute("cut")) return void this.#pay(life);
    if (isOfBefore()) return this.#leave();
    onTouch(() => this.#touch(true), life);
    // Two pages of one visit are one person: a touch here keeps the other, an end here ends it too.
    this.#others.addEventListener("message", (event) => this.#heard(event.data as string), { signal: life });
    this.#form().addEventListener("submit", (event) => this.#finish(event), { signal: life });
    // Back may bring a page out of the browser's memory: ask the server anew instead.
    addEventListener("pageshow", (event) => event.persisted && location.reload(), { signal: life });
    every(100, () => this.#look(), life);
    life.addEventListener("abort", () => this.#others.close(), { once: true });
  }

  #touch(mine: boolean): void {
    this.#touchedAt = Date.now();
    this.#touched = true;
    if (mine) mark();
    // A touch on the warning is an answer only on its button: a sleeve may brush the screen.
    if (mine && !this.#dialog) this.#others.postMessage("touched");
  }

  #heard(message: string): void {
    if (message === "ended") void this.#wipe(false);
    else this.#touch(false);
  }

  #look(): void {
    // The first screen, untouched and with nothing known, may rest.
    if (this.hasAttribute("rests") && !this.#touched && !this.hasAttribute("visiting")) return;
    const rule = { quietSeconds: Number(this.word("quiet")), warningSeconds: Number(this.word("warning")) };
    const from = this.#dialog ? Number(this.#dialog.dataset["from"]) : this.#touchedAt;
    const { phase, left } = idlePhase((Date.now() - from) / 1000, rule);
    if (phase === "warning") this.#warn(left, from);
    if (phase === "over") void this.#wipe(true);
  }

  #warn(left: number, from: number): void {
    if (!this.#dialog) this.#open(from);
    const count = this.#dialog?.querySelector('[data-testid="kiosk-countdown"]');
    const words = fill(this.word("words"), { n: left });
    if (!count || count.textContent === words) return;
    count.textContent = words;
    // Spoken whole at the beginning, then every five seconds, then second by second.
    if (left % 5 === 0 || left <= 3) say(from === Number(this.#dialog?.dataset["said"]) ? String(left) : this.#aloud(words));
    if (this.#dialog) this.#dialog.dataset["said"] = String(from);
  }

  #open(from: number): void {
    const more = el("button", "button button--big button--full", this.word("more")) as HTMLButtonElement;
    more.type = "button";
    more.dataset["testid"] = "kiosk-continue";
    more.addEventListener("click", () => this.#goOn());
    const count = el("p", "kiosk-warning__count");
    count.dataset["testid"] = "kiosk-countdown";
    this.#dialog = el("div", "kiosk-warning", el("h2", "", this.word("title")), count, more);
    this.#dialog.setAttribute("role", "alertdialog");
    this.#dialog.setAttribute("aria-label", this.word("title"));
    this.#dialog.dataset["from"] = String(from);
    document.body.append(this.#dialog);
    more.focus();
  }

  #aloud(words: string): string {
    return `${this.word("title")} ${words}`;
  }

  #goOn(): void {
    this.#dialog?.remove();
    this.#dialog = null;
    hush();
    this.#touchedAt = Date.now();
    this.#others.postMessage("touched");
  }

  #finish(event: Event): void {
    event.preventDefault();
    void this.#wipe(true);
  }

  /** 1. nothing to see or hear; 2. nothing kept here; 3. a new session; 4. the first screen, in the place of this. */
  async #wipe(mine: boolean): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    const form = this.#form();
    const body = new FormData(form);
    hush();
    document.querySelectorAll("form").forEach((one) => one.reset());
    document.querySelectorAll("ym-keyboard").forEach((one) => one.replaceChildren());
    document.body.hidden = true;
    await empty().catch(() => undefined);
    if (mine) this.#others.postMessage("ended");
    if (mine && !(await tell(form.action, body))) owe();
    location.replace(this.word("home"));
  }

  /** Back has brought up a page of the person before: the first screen takes its place in the history too. */
  #leave(): void {
    document.body.hidden = true;
    location.replace(this.word("home"));
  }

  /** An end the server has not heard of comes before everything: whoever stands here now is somebody else. */
  async #pay(life: AbortSignal): Promise<void> {
    document.body.hidden = true;
    const paid = await settle(this.word("home"), this.#form().action);
    after(paid ? 0 : AGAIN_MS, () => location.replace(this.word("home")), life);
  }

  #form(): HTMLFormElement {
    return document.getElementById(this.word("form")) as HTMLFormElement;
  }
}

define("ym-idle", Idle);
