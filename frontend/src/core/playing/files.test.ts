import { expect, test, vi } from "vitest";
import { isWhole } from "./files";

const bytes = new TextEncoder().encode("圆梦").buffer as ArrayBuffer;
const sha256 = "0".repeat(64);
const file = { sha256, url: `/windows/files/${sha256}`, bytes: bytes.byteLength, type: "image/png" };

async function hashOf(data: ArrayBuffer): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", data)).toString("hex");
}

test("a file is whole when its hash says so", async () => {
  expect(await isWhole(bytes, { ...file, sha256: await hashOf(bytes) })).toBe(true);
});

test("one bit more or another is not the file", async () => {
  const good = { ...file, sha256: await hashOf(bytes) };
  const other = new TextEncoder().encode("圆夢").buffer as ArrayBuffer;
  expect(await isWhole(other, good)).toBe(false);
  expect(await isWhole(bytes.slice(1), good)).toBe(false);
});

test("without SubtleCrypto the length is all there is", async () => {
  vi.stubGlobal("crypto", {});
  expect(await isWhole(bytes, file)).toBe(true);
  expect(await isWhole(bytes.slice(1), file)).toBe(false);
  vi.unstubAllGlobals();
});
