import { expect, test } from "vitest";
import { biggest, stillOpen, type Industry, type Item } from "./answers";

const item = (uid: string, valid_until: string | null): Item =>
  ({ uid, valid_until, title: "咖啡师", tags: [] }) as unknown as Item;

test("a vacancy stays through its last day and vanishes the next, also offline", () => {
  const items = [item("a", "2026-11-24"), item("b", "2026-11-23"), item("c", null)];
  expect(stillOpen(items, "2026-11-24").map((one) => one.uid)).toEqual(["a", "c"]);
});

const industry = (code: string, openings: number): Industry => ({ code, label: code, vacancies: 1, openings });

test("bars are sorted and add up to the whole", () => {
  const all = ["A", "B", "C", "D", "E"].map((code, i) => industry(code, (i + 1) * 10));
  const rows = biggest(all, 3, "其他");
  expect(rows.map((one) => one.label)).toEqual(["E", "D", "其他"]);
  expect(rows.reduce((sum, one) => sum + one.openings, 0)).toBe(150);
});

test("few industries stand for themselves", () => {
  expect(biggest([industry("A", 1), industry("B", 0)], 3, "其他").map((one) => one.code)).toEqual(["A"]);
});
