/** `<ym-attached>`: a wall or kiosk that is one of the house's devices. It beats, does what the office asks, and
    is taken over by an emergency notice, which ends by its time even when the line is cut. See README.md. */

import { Clock, type Remembered } from "../clock";
import { Device, type Settings, type Site } from "../device";
import { el, part } from "../dom";
import { define, Element } from "../element";
import { speaksChinese } from "../fonts";
import { beat, startHeartbeat, type HeartbeatAnswer, type Pulse } from "../heartbeat";
import { listen } from "../news";
import { pictureOf } from "../picture";
import { reloadDue, reloadSafely } from "../playing/care";
import { Commands, showIdentity } from "../playing/commands";
import { turnsAt, type Turn } from "../playing/schedule";
import { Supply } from "../playing/supply";
import { wipe } from "../playing/wipe";
import { Reporter } from "../reporter";
import { put, take } from "../shelf";
import { every } from "../time";
import { clockTime, fill, readJson, sayFrom } from "../words";
import "./attached.css";

interface Facts {
  uid: string;
  name: string;
  site: Site;
  settings: Settings;
  words: { identity: string; ends: string };
}

const TICK_MS = 1_000;
const LOOK_MS = 15_000;
const MOST_SKEW_MS = 120_000;

class Attached extends Element {
  #facts!: Facts;
  #clock!: Clock;
  #device!: Device;
  #reporter!: Reporter;
  #supply!: Supply;
  #commands!: Commands;
  #reloading = false;
  #shown = "";

  protected start(life: AbortSignal): void {
    const facts = readJson<Facts>("screen-device");
    if (!facts) return;
    this.#facts = facts;
    void this.#begin(facts, life);
  }

  async #begin(facts: Facts, life: AbortSignal): Promise<void> {
    this.#clock = new Clock(await take<Remembered>("clock"));
    this.#device = new Device(this.#facts.uid, this.#clock);
    this.#reporter = new Reporter(this.#device, this.#clock);
    this.#supply = new Supply(this.#device, this.#clock, (code, detail) => this.#reporter.say(code, detail));
    this.#commands = new Commands(this.#device, {
      identify: () => showIdentity(this, facts, facts.site, sayFrom(facts.words), life),
      // Never of a screen somebody stands before.
      picture: async () => void (isInUse() || (await this.#beat({ picture: pictureOf(document.body) }))),
      reload: () => void (this.#reloading = true),
    });
    await this.#supply.recall();
    if (life.aborted) return;
    this.#reporter.start(life);
    if (!speaksChinese()) this.#reporter.say("font_missing", "");
    document.addEventListener("map-lost", () => this.#reporter.say("webgl_missing", ""), { signal: life });
    startHeartbeat(this.#device, this.#clock, () => this.#pulse(), (answer) => this.#told(answer), () => void this.#gone(), life);
    listen(["windows", "device:me"], () => void this.#look(), life);
    every(LOOK_MS, () => void this.#look(), life);
    every(TICK_MS, () => this.#tick(), life);
    every(60_000, () => this.#eachMinute(), life);
    void this.#look();
  }

  async #look(): Promise<void> {
    try {
      await this.#supply.look();
      // Nothing of it is playing here, so there is no item to wait for.
      this.#supply.adopt();
      this.#tick();
    } catch {
      void this.#gone();
    }
  }

  #tick(): void {
    const now = this.#clock.now();
    const turn = turnsAt(this.#supply.current, now).find((one) => one.interrupt) ?? null;
    this.#takeOver(turn);
    if ((this.#reloading || reloadDue(this.#clock)) && !isInUse()) void reloadSafely();
  }

  #takeOver(turn: Turn | null): void {
    const notice = part(this, "takeover") as HTMLDialogElement;
    const key = turn ? `${turn.item.id} ${turn.until}` : "";
    if (key === this.#shown) return;
    this.#shown = key;
    if (!turn) return notice.close();
    notice.replaceChildren(...this.#words(turn));
    if (!notice.open) notice.showModal();
  }

  #words({ item, until }: Turn): HTMLElement[] {
    const english = document.documentElement.lang === "en";
    const file = this.#supply.current?.files.find((one) => one.sha256 === item.file);
    const picture = file ? (el("img", "attached-notice__picture") as HTMLImageElement) : null;
    if (picture && file) Object.assign(picture, { src: file.url, alt: item.title });
    return [
      el("h2", "attached-notice__title", (english && item.title_en) || item.title),
      el("p", "attached-notice__body", (english && item.body_en) || item.body),
      ...(picture ? [picture] : []),
      el("p", "attached-notice__until", fill(this.#facts.words.ends, { time: clockTime(Date.parse(until)) })),
    ];
  }

  #pulse(): Pulse {
    return { hash: this.#supply.current?.hash ?? "", build: "", item: this.#shown.slice(0, 32), fault: this.#reporter.last };
  }

  #beat(more: Partial<Pulse>): Promise<void> {
    const pulse = { ...this.#pulse(), ...more };
    return beat(this.#device, this.#clock, pulse, (answer) => this.#told(answer), () => void this.#gone());
  }

  #told(answer: HeartbeatAnswer): void {
    void this.#commands.follow(answer.commands);
    if (answer.manifest_hash !== this.#supply.current?.hash) void this.#look();
  }

  #eachMinute(): void {
    void put("clock", this.#clock.remember());
    const { skew } = this.#clock;
    if (Math.abs(skew) > MOST_SKEW_MS) this.#reporter.say("clock_skew", `${Math.round(skew / 60_000)} min`);
  }

  /** The house does not know this device any more: it keeps nothing and is an ordinary browser again. */
  async #gone(): Promise<void> {
    await wipe();
    location.reload();
  }
}

/** Whether somebody stands before it: a wall that was touched, a kiosk with a visit. */
function isInUse(): boolean {
  return document.querySelector("[data-touched], ym-idle[visiting]") !== null;
}

define("ym-attached", Attached);
