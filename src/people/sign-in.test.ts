import { expect, test } from "vitest";
import { hashPassword, passwordMatches } from "./sign-in.ts";

test("a password matches its hash in any Unicode composition", async () => {
  const stored = await hashPassword("Caf\u00e9 au lait");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordMatches("Cafe\u0301 au lait", stored)).toBe(true);
  expect(await passwordMatches("Cafe au lait", stored)).toBe(false);
});

test("no password matches a user without a password", async () => {
  expect(await passwordMatches("", null)).toBe(false);
});
