import { expect, test } from "vitest";
import { hashPassword, passwordFits } from "./sign-in.ts";

test("a password fits its own hash, however the keyboard composes it", async () => {
  const stored = await hashPassword("Caf\u00e9 au lait");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordFits("Cafe\u0301 au lait", stored)).toBe(true);
  expect(await passwordFits("Cafe au lait", stored)).toBe(false);
});

test("no password fits whoever has none", async () => {
  expect(await passwordFits("", null)).toBe(false);
});
