import { expect, test } from "vitest";
import { clockTime, counted, fill, shanghai } from "./words";

test("a sentence gets its values and shows a forgotten one", () => {
  expect(fill("数据截至 {time}，{n} 个", { time: "10:42", n: 3 })).toBe("数据截至 10:42，3 个");
  expect(fill("{lost}", {})).toBe("{lost}");
});

test("a word agrees with its number", () => {
  const sentence = "{n} {n:person|people} wanted";
  expect(fill(sentence, { n: 1 })).toBe("1 person wanted");
  expect(fill(sentence, { n: "1,206" })).toBe("1,206 people wanted");
  expect(fill(sentence, {})).toBe(sentence);
});

test("numbers carry separators", () => {
  expect(counted(2486)).toBe("2,486");
});

test("the wall tells Shanghai time wherever it stands", () => {
  const moment = Date.UTC(2026, 10, 24, 17, 5);
  expect(clockTime(moment)).toBe("01:05");
  expect(shanghai(moment)).toEqual({ hour: 1, date: "2026-11-25" });
});
