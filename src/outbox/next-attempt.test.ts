import { expect, test } from "vitest";
import { usualPace } from "../pace.ts";
import { countRefusals, type FailedAttempt, nextAttempt } from "./next-attempt.ts";

const now = new Date("2026-11-24T12:00:00Z");
const failed = (kind: FailedAttempt["fault"]["kind"], more: Partial<FailedAttempt> = {}): FailedAttempt => ({
  fault: { kind, code: "some_code", retryAfterSeconds: 7 },
  attempts: 1,
  faultsInARow: 0,
  waitingSince: now,
  drawStep: 0,
  ...more,
});

test("a 429 pauses the line for its Retry-After", () => {
  expect(nextAttempt(failed("rate"), { now, jitter: 0, pace: usualPace })).toEqual({
    kind: "wait",
    lineSeconds: 7,
  });
});

test("an unknown refusal holds only its delivery, until three different ones met it in a row", () => {
  const next = (...inARow: string[]) =>
    nextAttempt(failed("refused", { refusals: { inARow, lineHeld: false } }), {
      now,
      jitter: 0,
      pace: usualPace,
    });
  expect(next("a", "b")).toEqual({
    kind: "refuse",
    fault: "some_code",
    deliverySeconds: 60,
    inARow: ["a", "b"],
  });
  expect(next("a", "b", "c")).toMatchObject({ kind: "hold", fault: "some_code", lineSeconds: 15 });
});

test.each([
  ["the first message with its code", null, [], null, ["m"]],
  ["another message after two others", "some_code", ["a", "b"], null, ["a", "b", "m"]],
  ["the same message twice in a row", "some_code", ["a", "m"], "some_code", ["a", "m"]],
  ["after a refusal with another code", "other", ["a", "b"], null, ["m"]],
  ["a message refused before another one went out", "some_code", ["a", "b"], "some_code", ["a", "b"]],
] as const)("refusals in a row count %s", (_, code, ids, lastError, inARow) => {
  const refused = countRefusals(
    { fault: null, refused: { code, ids } },
    { code: "some_code", id: "m", lastError },
  );
  expect(refused).toEqual({ inARow, lineHeld: false });
});

test("a passing fault is retried with jittered exponential backoff up to 15 minutes", () => {
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

test("a passing fault gives up after three days", () => {
  const old = new Date(now.getTime() - 73 * 3600 * 1000);
  expect(nextAttempt(failed("passing", { waitingSince: old }), { now, jitter: 0, pace: usualPace })).toEqual({
    kind: "give-up",
    worked: true,
  });
});

test("a setup fault holds the line, however old the delivery", () => {
  expect(
    nextAttempt(failed("setup", { waitingSince: new Date(0) }), { now, jitter: 0, pace: usualPace }),
  ).toMatchObject({
    kind: "hold",
  });
});

test("refused content moves to the next draw step, and gives up after text only", () => {
  expect(nextAttempt(failed("content"), { now, jitter: 0, pace: usualPace })).toEqual({
    kind: "simplify",
    drawStep: 1,
  });
  expect(nextAttempt(failed("content", { drawStep: 2 }), { now, jitter: 0, pace: usualPace })).toEqual({
    kind: "give-up",
    worked: true,
  });
});
