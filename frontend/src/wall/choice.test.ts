import { expect, test } from "vitest";
import { dayOrNight, listUrl, mapUrl, nextTheme, type Choice, type Sources } from "./choice";

const all = { key: "near", label: "附近岗位", query: "" };
const walk = { key: "walk", label: "步行15分钟内", query: "minutes=15" };
const sources: Sources = {
  figures: "/f", narration: "/n", programme: "", notices: "",
  list: "/api/v1/vacancies", map: "/api/v1/map", here: "121.4001,31.2103", pageSize: 5,
}; // prettier-ignore
const choice = (more: Partial<Choice>): Choice => ({ theme: all, cell: null, page: 1, radius: 90, ...more });

test("the list is the public search, nearest first", () => {
  expect(listUrl(choice({}), sources)).toBe("/api/v1/vacancies?from=121.4001%2C31.2103&sort=nearest&size=5");
  const second = listUrl(choice({ theme: walk, cell: "90:1:-2", page: 2 }), sources);
  expect(Object.fromEntries(new URL(second, "http://x").searchParams)).toEqual({
    minutes: "15", from: "121.4001,31.2103", sort: "nearest", cell: "90:1:-2", size: "5", page: "2",
  }); // prettier-ignore
});

test("a tapped cell narrows the list and leaves the map whole", () => {
  expect(mapUrl(choice({ cell: "90:1:-2" }), sources)).toBe("/api/v1/map?radius=90");
  expect(mapUrl(choice({ theme: walk }), sources)).toContain("minutes=15&radius=90&from=");
});

test("the tour goes round", () => {
  expect(nextTheme([all, walk], all)).toBe(walk);
  expect(nextTheme([all, walk], walk)).toBe(all);
});

test("night falls at six unless the address says otherwise", () => {
  expect([5, 6, 17, 18].map((hour) => dayOrNight(hour, null))).toEqual(["night", "day", "day", "night"]);
  expect(dayOrNight(12, "night")).toBe("night");
  expect(dayOrNight(23, "purple")).toBe("night");
});
