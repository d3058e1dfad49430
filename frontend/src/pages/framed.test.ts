import { expect, test } from "vitest";
import { staysFramed } from "./framed";

test("what everybody may read stays in the frame, what is somebody's own does not", () => {
  expect(["/", "/map/", "/vacancies/", "/vacancies/0f8f/", "/programme/"].map(staysFramed)).not.toContain(false);
  expect(["/login/phone/", "/me/", "/vacancies/0f8f/apply", "/office/"].map(staysFramed)).not.toContain(true);
});
