import { expect, test } from "vitest";
import { nextOf } from "./rotor";

test("blocks take turns, and what is empty has none", () => {
  expect(nextOf(["bars", "new"], "bars")).toBe("new");
  expect(nextOf(["bars", "new"], "new")).toBe("bars");
  expect(nextOf(["new"], "bars")).toBe("new");
  expect(nextOf([], "bars")).toBe("");
});
