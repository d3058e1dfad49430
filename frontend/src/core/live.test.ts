import { expect, test, vi } from "vitest";
import { freshness, Live, skewFrom } from "./live";

const rule = { interval: 10_000 };

test("data is fresh for two intervals, then late, then offline", () => {
  expect(freshness(19_000, rule)).toBe("fresh");
  expect(freshness(21_000, rule)).toBe("late");
  expect(freshness(61_000, rule)).toBe("offline");
});

test("a screen whose clock is nine hours wrong learns it from the server", () => {
  const now = Date.UTC(2026, 10, 24, 1, 0, 0);
  expect(skewFrom("Tue, 24 Nov 2026 10:00:00 GMT", now)).toBe(9 * 3_600_000);
  expect(skewFrom(null, now)).toBeNull();
  expect(skewFrom("nonsense", now)).toBeNull();
});

test("news that comes while a question is on its way asks once more", async () => {
  const answers: ((response: Response) => void)[] = [];
  vi.stubGlobal("document", { documentElement: { lang: "zh" } });
  vi.stubGlobal("fetch", () => new Promise<Response>((answer) => answers.push(answer)));
  const life = new AbortController().signal;
  const block = new Live<number>("/x", rule, () => undefined);
  const first = block.ask(life);
  void block.ask(life); // the clock: one question is enough
  void block.nudge(life);
  void block.nudge(life);
  expect(answers.length).toBe(1);
  answers[0]?.(Response.json(1));
  await vi.waitFor(() => expect(answers.length).toBe(2));
  answers[1]?.(Response.json(2));
  await first;
  expect([block.answer?.data, answers.length]).toEqual([2, 2]);
  vi.unstubAllGlobals();
});

test("another question while one is on its way is answered itself, and does not wait for the old one", async () => {
  const asked: string[] = [];
  vi.stubGlobal("document", { documentElement: { lang: "zh" } });
  vi.stubGlobal("fetch", (url: string, { signal }: RequestInit) => {
    asked.push(url);
    if (url === "/new") return Promise.resolve(Response.json("new"));
    return new Promise((_answer, fail) => signal?.addEventListener("abort", () => fail(signal.reason)));
  });
  const life = new AbortController().signal;
  const failures: unknown[] = [];
  const block = new Live<string>("/old", rule, () => undefined, (error) => failures.push(error));
  void block.ask(life); // the clock
  const touched = block.turn("/new", life);
  const resized = block.turn("/new", life);
  expect([await touched, await resized]).toEqual([true, true]);
  expect([block.answer?.data, asked, failures]).toEqual(["new", ["/old", "/new"], []]);
  vi.unstubAllGlobals();
});

test("what cannot be had says so, unless something else is wanted by then", async () => {
  vi.stubGlobal("document", { documentElement: { lang: "zh" } });
  vi.stubGlobal("fetch", (url: string) =>
    url === "/there" ? Promise.resolve(Response.json("there")) : Promise.reject(new Error("no line")),
  );
  const life = new AbortController().signal;
  const block = new Live<string>("/there", rule, () => undefined);
  await block.ask(life);
  expect(await block.turn("/away", life)).toBe(false);
  const first = block.turn("/away-too", life);
  const second = block.turn("/there", life);
  expect([await first, await second, block.answer?.data]).toEqual([true, true, "there"]);
  vi.unstubAllGlobals();
});
