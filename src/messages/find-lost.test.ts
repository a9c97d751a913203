import { expect, test } from "vitest";
import { lookAfterFault } from "./find-lost.ts";

const lostAt = new Date("2026-11-25T08:00:00Z");
const after = (seconds: number) => new Date(lostAt.getTime() + seconds * 1000);

test.each([
  ["setup", { kind: "nowhere" }],
  ["gone", { kind: "nowhere" }],
  ["content", { kind: "nowhere" }],
  ["passing", { kind: "failed" }],
] as const)("a fault of the kind %s", (kind, look) => {
  expect(lookAfterFault({ kind, retryAfterSeconds: null }, lostAt, after(5))).toEqual(look);
});

test("Slack's wait is obeyed, but an alert is kept back for two minutes at most", () => {
  const limited = { kind: "rate", retryAfterSeconds: 30 } as const;
  expect(lookAfterFault(limited, lostAt, after(5))).toEqual({ kind: "later", seconds: 30 });
  expect(lookAfterFault(limited, lostAt, after(100))).toEqual({ kind: "nowhere" });
});
