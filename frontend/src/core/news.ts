/** Live news: hints from the house that something changed, one line for the whole browser.

    listen(["vacancies"], () => void block.nudge(life), life);

A hint says nothing but a topic; whoever hears it asks for its data as before. Nobody may rely on hints alone:
every block goes on asking by its own clock. A line that is opened anew may have missed something, so everybody
is told. Of the pages of one browser the one that holds the lock has the line and tells the others. */

import { after } from "./time";

/** How long to wait before the line is opened again: 2 s, 4 s, … 30 s, each up to half as long again. */
export function backoff(tries: number, chance: number): number {
  return Math.min(30_000, 2_000 * 2 ** Math.min(tries, 6)) * (1 + chance / 2);
}

/** The address of a line for these topics. */
export function lineUrl(topics: Iterable<string>): string {
  return `/live?topics=${[...new Set(topics)].sort().map(encodeURIComponent).join(",")}`;
}

/** Whether news of `topic` is for somebody who wants these; a device calls itself "device:me". */
export function concerns(wanted: Iterable<string>, topic: string): boolean {
  const name = topic.startsWith("device:") ? "device:me" : topic;
  return [...wanted].some((one) => one === name || one === topic);
}

/** A whole street of screens must not ask in the same moment. */
const JITTER_MS = 2_000;
const CHANNEL = "yuanmeng-news";

interface Message {
  /** A page says what it wants. */
  want?: string[];
  /** The page with the line asks what the others want. */
  ask?: true;
  /** News of a topic; "*" may be any. */
  news?: string;
}

interface Listener {
  topics: string[];
  told: (topic: string) => void;
  life: AbortSignal;
  waiting: Set<string>;
}

/** This will call `told` within 2 s of news of one of the topics, until `life` ends; many hints at once are one. */
export function listen(topics: string[], told: (topic: string) => void, life: AbortSignal): void {
  if (life.aborted || !("EventSource" in globalThis)) return;
  page ??= new Page(() => (page = null));
  page.add({ topics, told, life, waiting: new Set() });
}

let page: Page | null = null;

/** What this page wants, and its way to the line, here or in another page of the browser. */
class Page {
  #listeners = new Set<Listener>();
  #end = new AbortController();
  #channel: BroadcastChannel | null = null;
  #line: Line | null = null;

  constructor(private readonly over: () => void) {
    if (typeof navigator === "undefined" || !navigator.locks || !("BroadcastChannel" in globalThis)) {
      this.#lead();
      return;
    }
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = (event) => this.#got(event.data as Message);
    const led = navigator.locks.request(CHANNEL, { signal: this.#end.signal }, () => this.#hold());
    // Refused because this page has stopped listening.
    led.catch(() => undefined);
  }

  add(listener: Listener): void {
    this.#listeners.add(listener);
    // Another page may have the line, and have heard something while this one was opened.
    if (!this.#line) for (const topic of listener.topics) tellSoon(listener, topic);
    listener.life.addEventListener("abort", () => this.#drop(listener), { once: true });
    this.#line?.want(listener.topics);
    this.#channel?.postMessage({ want: listener.topics } satisfies Message);
  }

  #drop(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    this.#end.abort();
    this.#channel?.close();
    this.over();
  }

  /** The lock is ours until this page goes or stops listening. */
  #hold(): Promise<void> {
    if (this.#end.signal.aborted) return Promise.resolve();
    this.#lead();
    return new Promise((resolve) => this.#end.signal.addEventListener("abort", () => resolve(), { once: true }));
  }

  #lead(): void {
    const tell = (topic: string) => {
      this.#tell(topic);
      this.#channel?.postMessage({ news: topic } satisfies Message);
    };
    this.#line = new Line(tell, this.#end.signal);
    this.#line.want(this.#wanted());
    this.#channel?.postMessage({ ask: true } satisfies Message);
  }

  #got(message: Message): void {
    if (message.news) this.#tell(message.news);
    if (message.want) this.#line?.want(message.want);
    if (message.ask) this.#channel?.postMessage({ want: this.#wanted() } satisfies Message);
  }

  #wanted(): string[] {
    return [...this.#listeners].flatMap((listener) => listener.topics);
  }

  #tell(topic: string): void {
    for (const listener of this.#listeners) {
      const topics = topic === "*" ? listener.topics : concerns(listener.topics, topic) ? [topic] : [];
      for (const one of topics) tellSoon(listener, one);
    }
  }
}

function tellSoon(listener: Listener, topic: string): void {
  if (listener.waiting.has(topic)) return;
  listener.waiting.add(topic);
  const tell = () => {
    listener.waiting.delete(topic);
    listener.told(topic);
  };
  after(Math.random() * JITTER_MS, tell, listener.life);
}

/** The EventSource, opened again whenever it has given up; the browser itself mends a line that was merely cut. */
export class Line {
  #topics = new Set<string>();
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;

  constructor(
    private readonly tell: (topic: string) => void,
    private readonly life: AbortSignal,
  ) {
    life.addEventListener("abort", () => this.#close(), { once: true });
    globalThis.addEventListener?.("online", () => this.#soon(0), { signal: life });
  }

  /** This will hear of these topics too. */
  want(topics: string[]): void {
    const before = this.#topics.size;
    for (const topic of topics) this.#topics.add(topic);
    // What is asked for in the same breath is one line.
    if (this.#topics.size > before) this.#soon(0);
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.life.aborted) this.#timer = setTimeout(() => this.#open(), ms);
  }

  #open(): void {
    this.#close();
    const source = new EventSource(lineUrl(this.#topics));
    this.#source = source;
    let isNew = true;
    source.onopen = () => {
      this.#tries = 0;
      // A cut line says where it stood when it comes back; a new one cannot.
      if (isNew) this.tell("*");
      isNew = false;
    };
    source.addEventListener("news", (event) => this.#heard((event as MessageEvent<string>).data));
    source.onerror = () => {
      // Any answer but 200 (a proxy's 502) makes an EventSource give up for good.
      if (source.readyState === 2) this.#soon(backoff(this.#tries++, Math.random()));
    };
  }

  #heard(data: string): void {
    const { topic } = JSON.parse(data) as { topic: string };
    this.tell(topic);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
