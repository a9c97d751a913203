import { expect, test } from "vitest";
import { usualPace } from "../pace.ts";
import { type Failed, nextAttempt } from "./next-attempt.ts";

const now = new Date("2026-11-24T12:00:00Z");
const failed = (kind: Failed["fault"]["kind"], more: Partial<Failed> = {}): Failed => ({
  fault: { kind, code: "some_code", retryAfterSeconds: 7 },
  attempts: 1,
  faultsInARow: 0,
  waitingSince: now,
  shape: 0,
  ...more,
});

test("a 429 closes the line for as long as Slack says", () => {
  expect(nextAttempt(failed("rate"), { now, jitter: 0, pace: usualPace })).toEqual({
    kind: "wait",
    lineSeconds: 7,
  });
});

test("a fault that passes is retried with growing, jittered waits of 15 minutes at most", () => {
  expect(nextAttempt(failed("passing"), { now, jitter: 1, pace: usualPace })).toMatchObject({
    kind: "retry",
    deliverySeconds: 1,
    lineSeconds: 1,
  });
  expect(nextAttempt(failed("passing", { attempts: 4 }), { now, jitter: 0, pace: usualPace })).toMatchObject({
    deliverySeconds: 4,
  });
  expect(nextAttempt(failed("passing", { attempts: 50 }), { now, jitter: 1, pace: usualPace })).toMatchObject(
    { deliverySeconds: 900 },
  );
});

test("after three days it gives up, visibly", () => {
  const old = new Date(now.getTime() - 73 * 3600 * 1000);
  expect(nextAttempt(failed("passing", { waitingSince: old }), { now, jitter: 0, pace: usualPace })).toEqual({
    kind: "give-up",
  });
});

test("a fault of set-up holds, however old", () => {
  expect(
    nextAttempt(failed("setup", { waitingSince: new Date(0) }), { now, jitter: 0, pace: usualPace }),
  ).toMatchObject({
    kind: "hold",
  });
});

test("refused content is sent plainer, and given up only when plain text is refused", () => {
  expect(nextAttempt(failed("content"), { now, jitter: 0, pace: usualPace })).toEqual({
    kind: "simplify",
    shape: 1,
  });
  expect(nextAttempt(failed("content", { shape: 2 }), { now, jitter: 0, pace: usualPace })).toEqual({
    kind: "give-up",
  });
});
