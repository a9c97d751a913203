import { expect, test } from "vitest";
import { reconnectSeconds } from "./socket-mode.ts";

const passing = { kind: "passing", retryAfterSeconds: null } as const;

test("what passes is tried again soon, then more and more seldom, and never all at one moment", () => {
  expect([1, 2, 3, 9].map((failures) => reconnectSeconds(passing, failures, 1))).toEqual([1, 2, 4, 30]);
  expect(reconnectSeconds(passing, 3, 0)).toBe(2);
});

test("Slack's limit is obeyed, and what somebody has to mend is looked at each minute", () => {
  expect(reconnectSeconds({ kind: "rate", retryAfterSeconds: 7 }, 1, 1)).toBe(7);
  expect(reconnectSeconds({ kind: "setup", retryAfterSeconds: null }, 1, 1)).toBe(60);
});
