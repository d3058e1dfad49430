import { expect, test } from "vitest";
import { idlePhase } from "./idle";

const rule = { quietSeconds: 60, warningSeconds: 10 };

test("a minute of quiet, then ten seconds of warning, then the end", () => {
  expect(idlePhase(59.9, rule).phase).toBe("used");
  expect(idlePhase(60, rule)).toEqual({ phase: "warning", left: 10 });
  expect(idlePhase(69.2, rule)).toEqual({ phase: "warning", left: 1 });
  expect(idlePhase(70, rule)).toEqual({ phase: "over", left: 0 });
});
