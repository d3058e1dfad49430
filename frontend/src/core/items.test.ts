import { expect, test } from "vitest";
import { onItsSign } from "./items";

test("a firm's sign leaves out the town and the legal form, and is never empty", () => {
  expect(onItsSign("上海岚苑建筑设计有限公司（示例）")).toBe("岚苑建筑设计");
  expect(onItsSign("长宁区启序生鲜店（示例）")).toBe("长宁区启序生鲜店");
  expect(onItsSign("上海有限公司")).toBe("上海有限公司");
});
