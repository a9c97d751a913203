import { expect, test } from "vitest";
import { decideResend } from "./resend.ts";

test.each([
  ["waiting", "none", "expedite"],
  ["held", "none", "expedite"],
  ["sending", "none", "leave"],
  ["failed", "none", "post"],
  ["not_delivered", "none", "post"],
  ["digested", "none", "post"],
  ["sent", "current", "redraw"],
  ["sent", "gone", "post"],
  ["sent", "none", "redraw"],
  ["sent", "event", "post"],
] as const)("re-sending a delivery that is %s, with card %s, means %s", (state, card, kind) => {
  expect(decideResend({ state, card })).toHaveProperty("kind", kind);
});

test("re-sending an alert that was never sent there posts it", () => {
  expect(decideResend(null)).toEqual({ kind: "post", why: "never sent there" });
});
