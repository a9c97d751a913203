import { expect, test } from "vitest";
import { decideTurn } from "./begin-storm.ts";

const now = new Date("2026-11-25T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3600 * 1000);
const job = { severity: "MEDIUM" as const, unsureSince: null, createdAt: now, error: null };
const line = (waiting: number, digestId: string | null = null) => ({ waiting, digestId });
const turn = (change: Partial<Parameters<typeof decideTurn>[0]>, of = line(21)) =>
  decideTurn({ ...job, ...change }, of, now);

test("twenty that wait each get a card", () =>
  expect(turn({}, line(20))).toEqual({ kind: "card", why: "few wait" }));
test("one more, and a digest takes them", () =>
  expect(turn({})).toEqual({ kind: "digest", why: "too many wait" }));
test("a HIGH one waits for the digest, which names it", () =>
  expect(turn({ severity: "HIGH" }).kind).toBe("digest"));
test("a CRITICAL one doesn't", () =>
  expect(turn({ severity: "CRITICAL" })).toEqual({
    kind: "card-then-digest",
    why: "CRITICAL goes before all",
  }));
test("in a storm that has begun, cards go out", () =>
  expect(turn({}, line(0, "digest"))).toEqual({ kind: "card", why: "a storm goes on" }));
test("a card that may stand is looked for first", () =>
  expect(turn({ unsureSince: now })).toEqual({ kind: "card", why: "may stand already" }));
test("what was held for more than three days goes out in a digest, however few", () => {
  const held = { kind: "digest", why: "held too long" };
  expect(turn({ createdAt: daysAgo(4) }, line(1))).toEqual(held);
  expect(turn({ createdAt: daysAgo(4), error: "not_in_channel" }, line(1))).toEqual(held);
  expect(turn({ createdAt: daysAgo(2) }, line(1)).kind).toBe("card");
});
test("what kept failing for other reasons doesn't", () =>
  expect(turn({ createdAt: daysAgo(4), error: "internal_error" }, line(1)).kind).toBe("card"));
