import { expect, test } from "vitest";
import { labelOf, queryOf, touched, type Group } from "./filters";

const way: Group = {
  key: "way",
  label: "路程",
  options: [
    { key: "walk15", label: "步行15分钟内", query: "minutes=15" },
    { key: "ride10", label: "骑行10分钟内", query: "minutes=10&by=ride" },
  ],
};
const tags: Group = {
  key: "tags",
  label: "雇主写明",
  many: true,
  options: [
    { key: "t1", label: "50+友好", query: "tag=50%2B友好" },
    { key: "t2", label: "应届可投", query: "tag=应届可投" },
  ],
};

test("one way leaves when another comes, a second touch takes it back", () => {
  const walk = touched(new Set<string>(), way, "walk15");
  expect([...touched(walk, way, "ride10")]).toEqual(["ride10"]);
  expect([...touched(walk, way, "walk15")]).toEqual([]);
});

test("employers' words may be taken together and are alternatives", () => {
  const both = touched(touched(new Set(["ride10"]), tags, "t1"), tags, "t2");
  expect(Object.fromEntries(new URLSearchParams(queryOf([way, tags], both)))).toEqual({
    minutes: "10", by: "ride", tag: "50+友好,应届可投",
  }); // prettier-ignore
  expect(labelOf([way, tags], both)).toBe("骑行10分钟内 · 50+友好 · 应届可投");
});
