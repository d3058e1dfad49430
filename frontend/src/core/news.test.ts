import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backoff, concerns, Line, lineUrl, listen } from "./news";

class FakeSource {
  static opened: FakeSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  #heard: ((event: { data: string }) => void)[] = [];

  constructor(readonly url: string) {
    FakeSource.opened.push(this);
  }
  addEventListener(_name: string, heard: (event: { data: string }) => void): void {
    this.#heard.push(heard);
  }
  say(topic: string): void {
    for (const heard of this.#heard) heard({ data: JSON.stringify({ topic, seq: 1, kind: "x" }) });
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  fail(state: number): void {
    this.readyState = state;
    this.onerror?.();
  }
  close(): void {
    this.readyState = 2;
  }
}

const last = () => FakeSource.opened.at(-1) as FakeSource;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.opened = [];
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("navigator", {});
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("the wait grows to half a minute and differs from screen to screen", () => {
  expect([0, 1, 2, 3, 4, 50].map((tries) => backoff(tries, 0))).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(backoff(0, 1)).toBe(3_000);
});

test("topics are asked for once each", () => {
  expect(lineUrl(["programme", "device:me", "programme"])).toBe("/live?topics=device%3Ame,programme");
});

test("a device hears news of itself", () => {
  expect(concerns(["device:me"], "device:4748")).toBe(true);
  expect(concerns(["vacancies"], "device:4748")).toBe(false);
  expect(concerns(["vacancies", "programme"], "programme")).toBe(true);
});

test("a line that gave up is opened again, later each time, and tells that anything may have changed", () => {
  const told: string[] = [];
  const life = new AbortController();
  new Line((topic) => told.push(topic), life.signal).want(["vacancies"]);
  vi.advanceTimersByTime(0);
  last().open();
  last().fail(0); // merely cut: the browser mends it
  vi.advanceTimersByTime(60_000);
  last().open();
  expect(FakeSource.opened.length).toBe(1);
  expect(told).toEqual(["*"]);
  last().fail(2); // a proxy said 502
  vi.advanceTimersByTime(3_000);
  expect(FakeSource.opened.length).toBe(2);
  last().fail(2);
  vi.advanceTimersByTime(3_000);
  expect(FakeSource.opened.length).toBe(2);
  vi.advanceTimersByTime(3_000);
  expect(FakeSource.opened.length).toBe(3);
  last().open();
  expect(told).toEqual(["*", "*"]);
  life.abort();
  expect(last().readyState).toBe(2);
  vi.advanceTimersByTime(60_000);
  expect(FakeSource.opened.length).toBe(3);
});

test("many hints within two seconds are one, and only of what was asked for", () => {
  const [vacancies, all]: [string[], string[]] = [[], []];
  const life = new AbortController();
  listen(["vacancies"], (topic) => vacancies.push(topic), life.signal);
  listen(["vacancies", "programme"], (topic) => all.push(topic), life.signal);
  vi.advanceTimersByTime(0);
  expect(FakeSource.opened.map((source) => source.url)).toEqual(["/live?topics=programme,vacancies"]);
  for (let n = 0; n < 20; n++) last().say("vacancies");
  last().say("programme");
  expect(vacancies).toEqual([]);
  vi.advanceTimersByTime(2_000);
  expect(vacancies).toEqual(["vacancies"]);
  expect(all.sort()).toEqual(["programme", "vacancies"]);
  life.abort();
  expect(last().readyState).toBe(2);
});
