import { el } from "../../core/dom";
import { define, Element } from "../../core/element";
import { after } from "../../core/time";
import { wordsFrom } from "../../core/words";
import { insert, removeBefore, type Field } from "./field";
import { Glyphs } from "./hand";
import { DELETE, MODES, rows, SHIFT, SPACE, type Mode } from "./keys";
import { Pad } from "./pad";
import { candidates, type Candidate } from "./pinyin";
import { inventory, read, type Table } from "./table";
import address from "./words.txt?url";
import "./keyboard.css";

const LONGEST = 24;
const CLOSES_MS = 300;
const FIELDS = "input[data-keys], textarea[data-keys]";
let table: Promise<Table> | null = null;

/** `<ym-keyboard words="id">`: the machine's own keyboard for every field with `data-keys`. See README.md. */
class Keyboard extends Element {
  #say = wordsFrom("");
  #life: AbortSignal | null = null;
  #field: Field | null = null;
  #mode: Mode = "pinyin";
  #upper = false;
  #typed = "";
  #found: Candidate[] = [];
  #table: Table | null = null;
  #glyphs = new Glyphs();
  #pad: Pad | null = null;
  #line = el("div", "keyboard__line");
  #board = el("div", "keyboard__board");
  #modes = el("div", "keyboard__modes");

  protected start(life: AbortSignal): void {
    this.#life = life;
    this.#say = wordsFrom(this.word("words"));
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", this.#say("label"));
    this.hidden = true;
    this.replaceChildren(this.#line, this.#board, this.#modes);
    const options = { signal: life };
    document.addEventListener("focusin", (event) => this.#follow(event.target as HTMLElement), options);
    // The caret stays where it is while keys are touched.
    this.addEventListener("mousedown", (event) => event.preventDefault(), options);
    addEventListener("pagehide", () => this.close(), options);
    life.addEventListener("abort", () => this.close(), { once: true });
    if (document.activeElement instanceof HTMLElement) this.#follow(document.activeElement);
  }

  /** This will put the keyboard away and forget what was being typed. */
  close(): void {
    this.#forget();
    this.#field = null;
    this.hidden = true;
  }

  #follow(target: HTMLElement): void {
    if (this.contains(target)) return;
    if (!target.matches(FIELDS)) return this.#leave();
    this.#field = target as Field;
    this.hidden = false;
    void this.#know();
    this.#turn(this.#field.dataset["keys"] === "digits" ? "digits" : "pinyin");
    this.#field.scrollIntoView({ block: "center" });
  }

  /** Not before the touch is over: what one was about to touch must not move away under the finger. */
  #leave(): void {
    const close = (): void => void (document.activeElement?.matches(FIELDS) || this.close());
    if (this.#life) after(CLOSES_MS, close, this.#life);
  }

  /** The words come when a keyboard is first needed: they are twice as large as everything else here. */
  async #know(): Promise<void> {
    try {
      table ??= fetch(address).then(async (answer) => read(await answer.text()));
      this.#table = await table;
    } catch {
      table = null;
    }
    this.#show();
  }

  #turn(mode: Mode): void {
    this.#forget();
    this.#mode = mode;
    this.dataset["mode"] = mode;
    this.#draw();
  }

  #draw(): void {
    const keys = rows(this.#mode, this.#upper).map((row) => el("div", "keyboard__row", ...row.map((key) => this.#key(key))));
    this.#board.replaceChildren(...(this.#mode === "hand" ? this.#square() : keys));
    this.#modes.replaceChildren(
      ...MODES.map((mode) => this.#button(this.#say(mode), () => this.#turn(mode), mode === this.#mode ? "true" : "false")),
      this.#button(this.#say("done"), () => this.#done()),
    );
    this.#show();
  }

  #key(key: string): HTMLElement {
    const named: Record<string, string> = { [DELETE]: this.#say("delete"), [SHIFT]: this.#say("shift") };
    const button = this.#button(key === SPACE ? this.#say("space") : key, () => this.#press(key));
    if (named[key]) button.setAttribute("aria-label", named[key]);
    button.classList.toggle("keyboard__key--wide", key === SPACE);
    return button;
  }

  #button(text: string, act: () => void, pressed = ""): HTMLElement {
    const button = el("button", "keyboard__key", text) as HTMLButtonElement;
    button.type = "button";
    if (pressed) button.setAttribute("aria-pressed", pressed);
    button.addEventListener("click", act);
    return button;
  }

  #square(): HTMLElement[] {
    const life = this.#life as AbortSignal;
    this.#pad = new Pad(this.#say("square"), this.#glyphs, (texts) => this.#read(texts), life);
    void this.#learn(life);
    const side = el("div", "keyboard__side", this.#key(DELETE), this.#button(this.#say("again"), () => this.#pad?.clear()));
    return [this.#pad.canvas, side];
  }

  /** Handwriting is compared with pictures that are drawn now, once for as long as the page stands. */
  async #learn(life: AbortSignal): Promise<void> {
    await this.#know();
    if (!this.#table || this.#glyphs.size || this.dataset["learning"]) return;
    this.dataset["learning"] = "0";
    const { draw } = await import("./glyphs");
    await draw(this.#glyphs, inventory(this.#table), life, (share) => {
      this.dataset["learning"] = share.toFixed(2);
      if (!this.#found.length) this.#show();
    });
    delete this.dataset["learning"];
    this.#pad?.read();
    this.#show();
  }

  #press(key: string): void {
    if (key === SHIFT) return this.#shift();
    if (key === DELETE) return this.#delete();
    if (key === SPACE) return this.#space();
    if (this.#mode !== "pinyin") return this.#write(key);
    if (this.#typed.length < LONGEST) this.#typed += key;
    this.#look();
  }

  #shift(): void {
    this.#upper = !this.#upper;
    this.#draw();
  }

  #delete(): void {
    if (this.#typed) {
      this.#typed = this.#typed.slice(0, -1);
      return this.#look();
    }
    if (this.#field) removeBefore(this.#field);
  }

  /** The space key takes the first candidate, as on every keyboard here. */
  #space(): void {
    const [first] = this.#found;
    if (this.#typed && first) this.#take(first);
    else if (!this.#typed) this.#write(" ");
  }

  #look(): void {
    const names = this.#field?.dataset["keys"] === "name" && !this.#field.value;
    this.#found = this.#table ? candidates(this.#table, this.#typed, { names }) : [];
    this.#line.scrollLeft = 0;
    this.#show();
  }

  #read(texts: string[]): void {
    this.#found = texts.map((text) => ({ text, used: 0 }));
    this.#show();
  }

  #take({ text, used }: Candidate): void {
    this.#write(text);
    this.#typed = this.#typed.slice(used);
    if (this.#mode === "hand") this.#pad?.clear();
    else this.#look();
  }

  #write(text: string): void {
    if (this.#field) insert(this.#field, text);
  }

  #done(): void {
    const typed = this.#typed;
    if (typed) this.#write(typed);
    const form = this.#field?.form;
    const sends = this.#field?.type === "search" && this.#field.value.trim();
    this.#field?.blur();
    this.close();
    if (sends) form?.requestSubmit();
  }

  #forget(): void {
    this.#typed = "";
    this.#found = [];
    this.#upper = false;
    this.#pad?.clear();
    this.#pad = null;
    this.#line.replaceChildren();
  }

  /** One line: what is typed so far, and what it may mean; without any, a word on what to do. */
  #show(): void {
    const found = this.#found.map((one) => this.#button(one.text, () => this.#take(one)));
    const typed = this.#typed ? [el("span", "keyboard__typed", this.#typed)] : [];
    const hint = found.length || typed.length ? [] : [el("span", "keyboard__hint", this.#hint())];
    this.#line.replaceChildren(...typed, ...hint, ...found);
    this.#line.hidden = this.#mode === "english" || this.#mode === "digits";
  }

  #hint(): string {
    if (this.#mode !== "hand") return this.#say("hint_pinyin");
    const share = this.dataset["learning"];
    return share ? this.#say("learning", { percent: Math.round(Number(share) * 100) }) : this.#say("hint_hand");
  }
}

define("ym-keyboard", Keyboard);
