/** `<ym-window>`: shows what the manifest says, by the house's clock, with or without a network. */

import { Clock, type Remembered } from "../core/clock";
import { Device, Unknown, type Settings, type Site } from "../core/device";
import { part } from "../core/dom";
import { define, Element } from "../core/element";
import { Faults } from "../core/faults";
import { speaksChinese } from "../core/fonts";
import { beat, startHeartbeat, type HeartbeatAnswer, type Pulse } from "../core/heartbeat";
import { sweep } from "../core/keep";
import { listen } from "../core/news";
import { keepForOffline, newBuild } from "../core/offline";
import { pictureOf } from "../core/picture";
import { Reporter } from "../core/reporter";
import { put, take } from "../core/shelf";
import { every } from "../core/time";
import { readJson, wordsFrom } from "../core/words";
import type { Say } from "./blocks/sight";
import { reloadDue, reloadSafely, shift, Watchdog } from "../core/playing/care";
import { Commands, showIdentity } from "../core/playing/commands";
import { isAnswer, Sources } from "./data";
import { isSecure } from "../core/playing/files";
import { fitCanvas, isTurned, light, showFoot } from "./frame";
import { Plays } from "./plays";
import { Round } from "./round";
import { Supply } from "../core/playing/supply";
import { wipe } from "../core/playing/wipe";

/** What the template hands over in `window-settings`. */
interface Facts {
  uid: string;
  name: string;
  site: Site;
  settings: Settings;
  base: string;
  here: string;
  build: string;
  home: string;
  worker: string;
  /** Where a preview asks for the manifest; null on the device itself. */
  preview: string | null;
  poll_ms: number;
}

const TICK_MS = 500;
const KEEP_MS = 4 * 86_400_000;
const MOST_SKEW_MS = 120_000;

class Window extends Element {
  #facts!: Facts;
  #say!: Say;
  #clock!: Clock;
  #device!: Device;
  #supply!: Supply;
  #plays!: Plays;
  #sources!: Sources;
  #round!: Round;
  #reporter!: Reporter;
  #commands!: Commands;
  #reloading = false;
  #isGone = false;
  readonly #dog = new Watchdog();

  protected start(life: AbortSignal): void {
    this.#facts = readJson<Facts>("window-settings") as Facts;
    this.#say = wordsFrom("window-words");
    fitCanvas(this, this.#facts.settings);
    void this.#begin(life);
  }

  async #begin(life: AbortSignal): Promise<void> {
    const { uid, preview } = this.#facts;
    this.#clock = new Clock(await take<Remembered>("clock"));
    this.#device = new Device(uid, this.#clock);
    const known = preview ? null : this.#device;
    this.#reporter = new Reporter(known, this.#clock);
    this.#supply = new Supply(this.#device, this.#clock, (code, detail) => this.#reporter.say(code, detail), preview);
    this.#plays = new Plays(known, this.#clock);
    this.#commands = new Commands(this.#device, {
      identify: () => showIdentity(this, this.#facts, this.#facts.site, this.#say, life),
      picture: () => this.#beat({ picture: pictureOf(this) }),
      reload: () => void (this.#reloading = true),
    });
    await Promise.all([this.#supply.recall(), this.#plays.recall()]);
    if (life.aborted) return;
    if (known) await put("device", uid);
    this.#play(life);
    this.#keepWell(known, life);
  }

  // --- showing --------------------------------------------------------------------------------

  #play(life: AbortSignal): void {
    const came = (): void => this.#round.dataCame();
    const failed = (error: unknown): void => void (isAnswer(error) && this.#reporter.say("data_http", String(error)));
    this.#sources = new Sources(this.#facts.here, came, failed, life);
    const faults = new Faults((block, error) => this.#reporter.say("element_error", `${block}: ${String(error)}`));
    this.#round = new Round(this, {
      clock: this.#clock,
      supply: this.#supply,
      sources: this.#sources,
      plays: this.#plays,
      faults,
      say: this.#say,
      base: this.#facts.base,
      house: this.#facts.site,
      lang: document.documentElement.lang === "en" ? "en" : "zh",
      settings: () => this.#settings,
      adopted: () => this.#settle(),
      began: (seconds) => this.#dog.boundary(seconds),
      between: () => this.#between(),
    });
    this.#settle();
    every(TICK_MS, () => this.#tick(), life);
    every(this.#facts.poll_ms, () => void this.#look(), life);
    const topics = ["windows", "vacancies", "programme", ...(this.#facts.preview ? [] : ["device:me"])];
    listen(topics, (topic) => this.#news(topic), life);
    addEventListener("online", () => this.#lineIsBack(), { signal: life });
    addEventListener("resize", () => this.#resized(), { signal: life });
    void this.#look();
    this.#tick();
  }

  #tick(): void {
    const now = this.#clock.now();
    showFoot(this, now, this.#supply.answeredAt, this.#round.lang, this.#say);
    light(now, this.#settings.theme);
    this.toggleAttribute("data-waiting", this.#supply.waiting !== null);
    void this.#round.step();
  }

  #lineIsBack(): void {
    void this.#look();
    void this.#plays.send().catch((error: unknown) => this.#troubled(error));
  }

  async #look(): Promise<void> {
    try {
      await this.#supply.look();
    } catch (error) {
      return this.#troubled(error);
    }
    if (this.#plays.late) this.#tellPlays();
    this.#sources.want([this.#supply.current, this.#supply.waiting]);
    this.#tick();
  }

  /** The house says that something changed: it is asked for, by whoever shows it. */
  #news(topic: string): void {
    if (topic === "vacancies" || topic === "programme") return this.#sources.again(`/api/v1/${topic}`);
    void this.#look();
    if (topic.startsWith("device:")) void this.#obey();
  }

  /** Between two items: what must not disturb one. True when the page goes away. */
  async #between(): Promise<boolean> {
    this.#settle();
    if (this.#facts.preview) return false;
    const due = reloadDue(this.#clock);
    if (due === "memory") this.#reporter.say("memory_reload", "");
    if ((due || this.#reloading) && (await reloadSafely())) return true;
    this.#reloading = false;
    return newBuild();
  }

  #resized(): void {
    this.#settle();
    void this.#round.redraw();
  }

  #settle(): void {
    const settings = this.#settings;
    fitCanvas(this, settings);
    this.toggleAttribute("data-turned", !this.#facts.preview && isTurned(settings));
    this.#sources.want([this.#supply.current, this.#supply.waiting]);
  }

  get #settings(): Settings {
    return this.#supply.current?.settings ?? this.#facts.settings;
  }

  // --- keeping well ---------------------------------------------------------------------------

  #keepWell(known: Device | null, life: AbortSignal): void {
    part(this, "insecure").hidden = isSecure();
    if (!known) return;
    shift(part(this, "stage"), life);
    this.#dog.start(() => void reloadSafely(), life);
    this.#reporter.start(life);
    if (!speaksChinese()) this.#reporter.say("font_missing", "");
    startHeartbeat(known, this.#clock, () => this.#pulse(), (answer) => this.#told(answer), () => void this.#gone(), life);
    every(60_000, () => this.#eachMinute(), life);
    every(3_600_000, () => void sweep(this.#clock.now() - KEEP_MS), life);
    this.#tellPlays();
    void this.#obey();
    void keepForOffline(this.#facts.worker, "/windows/", life);
  }

  async #obey(): Promise<void> {
    try {
      await this.#commands.follow((await this.#device.me()).commands);
    } catch (error) {
      this.#troubled(error);
    }
  }

  #eachMinute(): void {
    void put("clock", this.#clock.remember());
    this.#tellPlays();
    const { skew } = this.#clock;
    if (Math.abs(skew) > MOST_SKEW_MS) this.#reporter.say("clock_skew", `${Math.round(skew / 60_000)} min`);
  }

  #tellPlays(): void {
    void this.#plays.send().catch((error: unknown) => this.#troubled(error));
  }

  #pulse(): Pulse {
    const hash = this.#supply.current?.hash ?? "";
    return { hash, build: this.#facts.build, item: this.#round.showing, fault: this.#reporter.last };
  }

  #beat(more: Partial<Pulse>): Promise<void> {
    const pulse = { ...this.#pulse(), ...more };
    return beat(this.#device, this.#clock, pulse, (answer) => this.#told(answer), () => void this.#gone());
  }

  #told(answer: HeartbeatAnswer): void {
    void this.#commands.follow(answer.commands);
    const hashes = [this.#supply.current?.hash, this.#supply.waiting?.hash];
    if (!hashes.includes(answer.manifest_hash)) void this.#look();
  }

  #troubled(error: unknown): void {
    if (error instanceof Unknown) void this.#gone();
  }

  /** The house does not know this window any more: nothing it showed stays here. */
  async #gone(): Promise<void> {
    if (this.#facts.preview || this.#isGone) return;
    this.#isGone = true;
    await wipe();
    location.replace(this.#facts.home);
  }
}

define("ym-window", Window);
