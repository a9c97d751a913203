import { expect, test } from "vitest";
import { decideResend } from "./resend.ts";

test.each([
  ["waiting", "none", "hurry"],
  ["held", "none", "hurry"],
  ["sending", "none", "leave"],
  ["failed", "none", "post"],
  ["not_delivered", "none", "post"],
  ["digested", "none", "post"],
  ["sent", "stands", "redraw"],
  ["sent", "gone", "post"],
  ["sent", "none", "redraw"],
  ["sent", "told", "post"],
] as const)("one that is %s, its card %s: %s", (state, card, kind) => {
  expect(decideResend({ state, card })).toHaveProperty("kind", kind);
});

test("one that was never sent there is posted", () => {
  expect(decideResend(null)).toEqual({ kind: "post", why: "never sent there" });
});
