import { el } from "../core/dom";
import { define, Element } from "../core/element";
import { idlePhase, onTouch } from "../core/idle";
import { every } from "../core/time";
import { fill } from "../core/words";

/** `<ym-idle quiet warning form home title words more>`: watches over idleness, warns, then wipes the machine. */
class Idle extends Element {
  #touchedAt = Date.now();
  #touched = false;
  #over = false;
  #dialog: HTMLElement | null = null;
  #others = new BroadcastChannel("yuanmeng-kiosk");

  protected start(life: AbortSignal): void {
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
    if (count) count.textContent = fill(this.word("words"), { n: left });
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
    say(this.word("title"));
  }

  #goOn(): void {
    this.#dialog?.remove();
    this.#dialog = null;
    this.#touchedAt = Date.now();
    this.#others.postMessage("touched");
  }

  #finish(event: Event): void {
    event.preventDefault();
    void this.#wipe(true);
  }

  /** 1. nothing to see; 2. nothing kept here; 3. a new session; 4. the first screen, in the place of this page. */
  async #wipe(tell: boolean): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    const form = this.#form();
    const body = new FormData(form);
    globalThis.speechSynthesis?.cancel();
    document.querySelectorAll("form").forEach((one) => one.reset());
    document.body.hidden = true;
    sessionStorage.clear();
    localStorage.clear();
    if (tell) this.#others.postMessage("ended");
    try {
      const headers = { Accept: "application/json" };
      if (tell) await fetch(form.action, { method: "POST", body, headers, keepalive: true });
    } finally {
      location.replace(this.word("home"));
    }
  }

  #form(): HTMLFormElement {
    return document.getElementById(this.word("form")) as HTMLFormElement;
  }
}

/** The warning is also spoken, where the machine has a voice. */
function say(words: string): void {
  if (!("speechSynthesis" in globalThis)) return;
  const spoken = new SpeechSynthesisUtterance(words);
  spoken.lang = document.documentElement.lang.startsWith("en") ? "en" : "zh-CN";
  speechSynthesis.speak(spoken);
}

define("ym-idle", Idle);
