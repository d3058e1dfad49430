import { expect, test } from "vitest";
import { fits, uidIn, type Question } from "./sift";

const helper = { text: "厨房帮工 上海街坊乙号 步行约 3 分钟", meets: ["near", "no_degree"], cell: "90:1:2" };
const asked = (change: Partial<Question> = {}): Question => ({ words: "", cell: "", wishes: new Set(), ...change });

test("nothing asked, everything stays", () => {
  expect(fits(helper, asked())).toBe(true);
});

test("words, wishes and a spot on the map all have to fit", () => {
  expect(fits(helper, asked({ words: "帮工 乙号" }))).toBe(true);
  expect(fits(helper, asked({ words: "帮工 丙号" }))).toBe(false);
  expect(fits(helper, asked({ wishes: new Set(["near", "no_degree"]) }))).toBe(true);
  expect(fits(helper, asked({ wishes: new Set(["near", "pay"]) }))).toBe(false);
  expect(fits(helper, asked({ cell: "90:1:2" }))).toBe(true);
  expect(fits(helper, asked({ cell: "90:0:0" }))).toBe(false);
});

test("an address of a vacancy names it, also one for applying", () => {
  expect(uidIn("/kiosk/vacancies/abc/application/")).toBe("abc");
  expect(uidIn("/kiosk/vacancies/")).toBe("");
});
