import { expect, test } from "vitest";
import { checked, Misshapen } from "./manifest";
import { entry, item, manifest } from "./sample";

test("a good manifest comes through as it is", () => {
  const good = manifest([entry(0, 24, [item("a")])]);
  expect(checked(good)).toEqual(good);
});

test.each([
  ["another schema", { schema: "yuanmeng.manifest/2" }],
  ["no hash", { hash: "" }],
  ["no entries", { entries: null }],
  ["a span that is no time", { entries: [entry(0, 24, [], { from: "soon" })] }],
  ["no time to show", { entries: [entry(0, 24, [item("a", { seconds: 0 })])] }],
  ["more than a day to show", { entries: [entry(0, 24, [item("a", { seconds: 90_000 })])] }],
  ["data of another house", { entries: [entry(0, 24, [item("a", { source: "https://elsewhere.example/x" })])] }],
  ["a code into another house", { entries: [entry(0, 24, [item("a", { qr: "//elsewhere.example" })])] }],
  ["a file from elsewhere", { files: [{ sha256: "a".repeat(64), url: "/other/a", bytes: 1, type: "image/png" }] }],
])("%s is refused", (_what, over) => {
  expect(() => checked({ ...manifest([]), ...over })).toThrow(Misshapen);
});

test.each([null, 7, "text", []])("%s is no manifest", (raw) => {
  expect(() => checked(raw)).toThrow(Misshapen);
});

test("a kind of a later build is left out, the others go on", () => {
  const raw = manifest([entry(0, 24, [item("a"), item("b", { kind: "hologram" as never })])]);
  expect(checked(raw).entries[0]?.items.map((one) => one.id)).toEqual(["a"]);
});
