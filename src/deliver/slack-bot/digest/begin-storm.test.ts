import { expect, test } from "vitest";
import { decideTurn } from "./begin-storm.ts";

const now = new Date("2026-11-25T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3600 * 1000);
const job = { severity: "MEDIUM" as const, unsureSince: null, createdAt: now, error: null };
const line = (waiting: number, digestId: string | null = null) => ({ waiting, digestId });
const turn = (change: Partial<Parameters<typeof decideTurn>[0]>, of = line(21)) =>
  decideTurn({ ...job, ...change }, of, now);

test("up to twenty waiting alerts get a card each", () =>
  expect(turn({}, line(20))).toEqual({ kind: "card", why: "few wait" }));
test("a storm begins when more than twenty alerts wait", () =>
  expect(turn({})).toEqual({ kind: "digest", why: "too many wait" }));
test("a HIGH alert waits for the digest", () => expect(turn({ severity: "HIGH" }).kind).toBe("digest"));
test("a CRITICAL alert gets its card before the digest", () =>
  expect(turn({ severity: "CRITICAL" })).toEqual({
    kind: "card-then-digest",
    why: "CRITICAL goes first",
  }));
test("a card is posted during a running storm", () =>
  expect(turn({}, line(0, "digest"))).toEqual({ kind: "card", why: "storm is running" }));
test("a card that may be in Slack already begins no storm", () =>
  expect(turn({ unsureSince: now })).toEqual({ kind: "card", why: "may be posted already" }));
test("a delivery that a setup fault held for over three days begins a storm", () => {
  const held = { kind: "digest", why: "held too long" };
  expect(turn({ createdAt: daysAgo(4) }, line(1))).toEqual(held);
  expect(turn({ createdAt: daysAgo(4), error: "not_in_channel" }, line(1))).toEqual(held);
  expect(turn({ createdAt: daysAgo(2) }, line(1)).kind).toBe("card");
});
test("a delivery that kept failing for another reason begins no storm", () =>
  expect(turn({ createdAt: daysAgo(4), error: "internal_error" }, line(1)).kind).toBe("card"));
