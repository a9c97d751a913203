import { expect, test } from "vitest";
import { costs, openRateLimits } from "./rate-limits.ts";

const start = new Date("2026-03-02T09:00:00Z");
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);

/** How many calls a caller may make at once. */
function callsAt(
  limits: ReturnType<typeof openRateLimits>,
  rate: (typeof costs)["heavy" | "usual"],
  at: Date,
) {
  let calls = 0;
  while (limits.wait("ada", rate, at) === 0) {
    limits.take("ada", rate, at);
    calls += 1;
  }
  return calls;
}

test.each([
  ["usual", 1000, 100],
  ["heavy", 200, 5],
] as const)("%s calls: %i at once, then %i a second", (cost, burst, perSecond) => {
  const limits = openRateLimits();
  expect([0, 1, 3600].map((seconds) => callsAt(limits, costs[cost], after(seconds)))).toEqual([
    burst,
    perSecond,
    burst,
  ]);
});

test("a caller over the limit is told when to come back, and a clock set back gives nothing away", () => {
  const limits = openRateLimits();
  callsAt(limits, costs.heavy, start);
  limits.take("ada", costs.heavy, start, 10);
  expect(limits.wait("ada", costs.heavy, start)).toBe(3);
  expect(limits.wait("ada", costs.heavy, after(-60))).toBe(3);
  expect(limits.wait("eve", costs.heavy, start)).toBe(0);
});

test("beyond 10,000 callers those seen longest ago are forgotten", () => {
  const limits = openRateLimits();
  callsAt(limits, costs.heavy, start);
  for (let n = 0; n < 9_999; n++) limits.take(`caller ${n}`, costs.heavy, start);
  expect(limits.wait("ada", costs.heavy, start)).toBeGreaterThan(0);
  limits.take("one more", costs.heavy, start);
  expect(limits.wait("ada", costs.heavy, start)).toBe(0);
});
