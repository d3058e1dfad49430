import { expect, test } from "vitest";
import { Faults } from "./faults";

const broken = (): void => {
  throw new Error("no");
};

test("a block is hidden after three faults in ten minutes and comes back later", () => {
  const faults = new Faults(() => undefined);
  expect([0, 1, 2].map((minute) => faults.guard("bars", broken, minute * 60_000))).toEqual([true, true, false]);
  expect(faults.guard("list", () => undefined, 0)).toBe(true);
  expect(faults.guard("bars", () => undefined, 13 * 60_000)).toBe(true);
});
