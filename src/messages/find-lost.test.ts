import { expect, test } from "vitest";
import { lookupAfterFault } from "./find-lost.ts";

const lostAt = new Date("2026-11-25T08:00:00Z");
const after = (seconds: number) => new Date(lostAt.getTime() + seconds * 1000);

test.each([
  ["setup", { kind: "not-found" }],
  ["gone", { kind: "not-found" }],
  ["content", { kind: "not-found" }],
  ["passing", { kind: "failed" }],
] as const)("a lookup that fails with a %s fault is handled", (kind, look) => {
  expect(lookupAfterFault({ kind, retryAfterSeconds: null }, lostAt, after(5))).toEqual(look);
});

test("a limited lookup waits for Retry-After, but delays the alert by two minutes at most", () => {
  const limited = { kind: "rate", retryAfterSeconds: 30 } as const;
  expect(lookupAfterFault(limited, lostAt, after(5))).toEqual({ kind: "later", seconds: 30 });
  expect(lookupAfterFault(limited, lostAt, after(100))).toEqual({ kind: "not-found" });
});
