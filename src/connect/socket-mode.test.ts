import { expect, test } from "vitest";
import { reconnectSeconds } from "./socket-mode.ts";

const passing = { kind: "passing", retryAfterSeconds: null } as const;

test("a passing fault doubles the wait up to 60 s, with jitter", () => {
  expect([1, 2, 3, 6, 7, 9].map((failures) => reconnectSeconds(passing, failures, 1))).toEqual([
    1, 2, 4, 32, 60, 60,
  ]);
  expect(reconnectSeconds(passing, 3, 0)).toBe(2);
});

test("a rate limit waits as asked, a setup fault 60 s", () => {
  expect(reconnectSeconds({ kind: "rate", retryAfterSeconds: 7 }, 1, 1)).toBe(7);
  expect(reconnectSeconds({ kind: "setup", retryAfterSeconds: null }, 1, 1)).toBe(60);
});
