import { expect, test } from "vitest";
import { chooseSpans } from "./spans.ts";

const now = new Date("2026-11-24T12:00:00Z");
const hour = 3600;
const day = 24 * hour;

test.each([
  ["an hour", "2026-11-24T11:00:00Z", 300],
  ["a day", "2026-11-23T12:00:00Z", hour],
  ["7 days", "2026-11-17T12:00:00Z", 6 * hour],
  ["30 days", "2026-10-25T12:00:00Z", day],
  ["90 days", "2026-08-26T12:00:00Z", 3 * day],
  ["400 days", "2025-10-20T12:00:00Z", 30 * day],
])("a time of %s has at most 31 spans of a readable length", (_, from, stepSeconds) => {
  expect(chooseSpans({ from }, now)).toEqual({ from: new Date(from), to: now, stepSeconds });
});

test("a time without limits is the last 30 days", () => {
  expect(chooseSpans({}, now)).toMatchObject({ from: new Date("2026-10-25T12:00:00Z"), to: now });
});

test.each([
  ["that is empty", { from: now.toISOString(), to: now.toISOString() }, "must be before `to`"],
  ["that ends before it begins", { from: "2026-11-25T12:00:00Z" }, "must be before `to`"],
  ["above 400 days", { from: "2025-10-19T12:00:00Z" }, "must be at most 400 days before `to`"],
])("a time %s is refused", (_, wanted, why) => {
  expect(chooseSpans(wanted, now)).toEqual({ refused: "invalid", field: "from", why });
});
