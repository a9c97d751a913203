import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { acceptedStep } from "./totp.ts";

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const now = new Date("2026-11-30T12:00:10Z");
const step = Math.floor(now.getTime() / 30_000);
const codeAt = (away: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() + away * 30_000 });
const accepted = (code: string, lastStep: number | null = null) =>
  acceptedStep(secret, { code, now, lastStep });

test.each([-1, 0, 1])("the code of %i steps from now is accepted", (away) => {
  expect(accepted(codeAt(away))).toBe(step + away);
});

test.each([-2, 2])("the code of %i steps from now is refused", (away) => {
  expect(accepted(codeAt(away))).toBeNull();
});

test("a code is accepted as apps show it, in two groups", () => {
  expect(accepted(codeAt(0).replace(/^.../, "$& "))).toBe(step);
});

test.each([
  [step - 1, step],
  [step, null],
  [step + 1, null],
])("after the code of step %i, the current one gives %j", (lastStep, expected) => {
  expect(accepted(codeAt(0), lastStep)).toBe(expected);
});

test.each(["", "12345", "1234567", "abcdef"])("%j is no code", (code) => {
  expect(accepted(code)).toBeNull();
});
