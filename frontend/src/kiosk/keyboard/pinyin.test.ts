import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { candidates } from "./pinyin";
import { inventory, read, type Table } from "./table";

let table: Table;
beforeAll(() => {
  table = read(readFileSync(resolve(import.meta.dirname, "words.txt"), "utf-8"));
});

const first = (typed: string, rank = 1, options = {}): string[] =>
  candidates(table, typed, options)
    .slice(0, rank)
    .map(({ text }) => text);

test.each([
  ["fuwuyuan", "服务员"],
  ["baojie", "保洁"],
  ["chushi", "厨师"],
  ["kafeishi", "咖啡师"],
  ["tianshanlu", "天山路"],
  ["loushanguanlu", "娄山关路"],
  ["changning", "长宁"],
  ["kuaiji", "会计"],
  ["yinhang", "银行"],
  ["shanghai", "上海"],
])("%s is %s", (typed, word) => {
  expect(first(typed, 2)).toContain(word);
});

test.each([
  ["fwy", "服务员"],
  ["bjy", "保洁员"],
  ["kfs", "咖啡师"],
  ["hly", "护理员"],
  ["tsl", "天山路"],
])("the first letters %s are enough for %s", (typed, word) => {
  expect(first(typed, 8)).toContain(word);
});

test.each([
  ["fuwuy", "服务员"],
  ["fuwu", "服务员"],
  ["baoji", "保洁"],
])("a word half typed (%s) is offered whole: %s", (typed, word) => {
  expect(first(typed, 12)).toContain(word);
});

test.each([
  ["cusi", "厨师"],
  ["sanghai", "上海"],
  ["jinli", "经理"],
  ["fulituan", "服务员", false],
  ["baoan", "保安"],
  ["shouyinyuan", "收银员"],
  ["souyinyuan", "收银员"],
  ["shouyingyuan", "收银员"],
])("mixed-up sounds (%s) still find %s", (typed, word, found = true) => {
  expect(first(typed, 6).includes(word)).toBe(found);
});

test("a syllable gives its characters, the frequent first, and takes as many letters as it has", () => {
  expect(first("shi", 3)).toContain("是");
  expect(candidates(table, "li").find(({ text }) => text === "李")).toEqual({ text: "李", used: 2 });
});

test("where a name is written, surnames come first", () => {
  expect(first("li", 1, { names: true })).toEqual(["李"]);
  expect(first("zeng", 1, { names: true })).toEqual(["曾"]);
  expect(first("zh", 6, { names: true }).length).toBeGreaterThan(3);
});

test("what is no word is put together, and its parts can be taken one by one", () => {
  const found = candidates(table, "tianshanlufuwuyuan");
  expect(found[0]).toEqual({ text: "天山路服务员", used: 18 });
  expect(found.some(({ text, used }) => text === "天山路" && used === 10)).toBe(true);
});

test("letters that mean nothing give nothing, and none is lost on the way", () => {
  expect(candidates(table, "")).toEqual([]);
  expect(candidates(table, "vvv").every(({ used }) => used <= 3)).toBe(true);
  for (const letter of "abcdefghjklmnopqrstwxyz") expect(candidates(table, letter).length).toBeGreaterThan(3);
});

test("a key press is answered at once", () => {
  const begin = performance.now();
  for (const typed of ["s", "sh", "shangh", "zhihuizhongxin", "jjjjjj"]) candidates(table, typed);
  expect(performance.now() - begin).toBeLessThan(500);
});

test("the characters for handwriting hold the names and the work", () => {
  const known = new Set(inventory(table));
  expect([..."李王张秀芳服务员保洁厨师天山路"].filter((char) => !known.has(char))).toEqual([]);
});
