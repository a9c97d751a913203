import { expect, test } from "vitest";
import { usualPace } from "../../pace.ts";
import { nextEventAttempt } from "./settle-event.ts";

const now = new Date("2026-11-24T12:00:00Z");
const failed = (
  kind: "passing" | "rate" | "setup" | "content",
  {
    code = "http_400",
    ...more
  }: { attempts?: number; faultsInARow?: number; waitingSince?: Date; code?: string } = {},
) => ({
  fault: { kind, code, retryAfterSeconds: 9 },
  attempts: 1,
  faultsInARow: 0,
  waitingSince: now,
  ...more,
});

test("the waits of event and line grow after each passing fault", () => {
  expect(
    nextEventAttempt(failed("passing", { attempts: 3, faultsInARow: 2 }), {
      now,
      jitter: 1,
      pace: usualPace,
    }),
  ).toEqual({
    next: { kind: "retry", deliverySeconds: 4, lineSeconds: 4 },
    eventSeconds: 4,
  });
});

test("a Retry-After pauses the line for its seconds", () => {
  expect(nextEventAttempt(failed("rate"), { now, jitter: 1, pace: usualPace }).next).toEqual({
    kind: "wait",
    lineSeconds: 9,
  });
});

test("a refused event waits while the others of its line go on", () => {
  expect(
    nextEventAttempt(failed("content", { attempts: 8, faultsInARow: 3 }), {
      now,
      jitter: 1,
      pace: usualPace,
    }),
  ).toEqual({
    next: { kind: "retry", deliverySeconds: 128, lineSeconds: 1 },
    eventSeconds: 128,
  });
});

test("the fifth refused event in a row holds the line", () => {
  const { next, eventSeconds } = nextEventAttempt(failed("content", { faultsInARow: 4 }), {
    now,
    jitter: 1,
    pace: usualPace,
  });
  expect(next).toMatchObject({ kind: "hold", fault: "http_400" });
  expect(eventSeconds).toBeGreaterThan(0);
});

test("the fifth failed DNS lookup in a row holds the line", () => {
  const missing = (faultsInARow: number) =>
    nextEventAttempt(failed("passing", { code: "enotfound", faultsInARow }), {
      now,
      jitter: 1,
      pace: usualPace,
    }).next;
  expect(missing(3)).toMatchObject({ kind: "retry", lineSeconds: 8 });
  expect(missing(4)).toMatchObject({ kind: "hold", fault: "enotfound" });
});

test("after three days a setup fault still holds and other faults give up", () => {
  const waitingSince = new Date(now.getTime() - 73 * 3600 * 1000);
  expect(
    nextEventAttempt(failed("setup", { waitingSince }), { now, jitter: 1, pace: usualPace }).next.kind,
  ).toBe("hold");
  expect(
    nextEventAttempt(failed("content", { waitingSince }), { now, jitter: 1, pace: usualPace }).next.kind,
  ).toBe("give-up");
  expect(
    nextEventAttempt(failed("passing", { waitingSince }), { now, jitter: 1, pace: usualPace }).next.kind,
  ).toBe("give-up");
});
