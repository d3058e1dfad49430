import { expect, test } from "vitest";
import { someOf } from "./narration";

test("every sentence has its turn", () => {
  expect([0, 1, 2].map((turn) => someOf(["a", "b", "c"], 2, turn))).toEqual([["a", "b"], ["c"], ["a", "b"]]);
  expect(someOf([], 2, 5)).toEqual([]);
});
