import { expect, test } from "vitest";
import { relativeTime } from "./time.tsx";

const now = new Date("2026-03-01T12:00:00Z");
const ago = (seconds: number) => relativeTime(new Date(now.getTime() - seconds * 1000), now);

test.each([
  [0, "just now", "now"],
  [44, "just now", "now"],
  [45, "1 minute ago", "1 min"],
  [119, "1 minute ago", "1 min"],
  [3599, "59 minutes ago", "59 min"],
  [3600, "1 hour ago", "1 h"],
  [86_400, "1 day ago", "1 d"],
  [86_400 * 13, "1 week ago", "1 wk"],
  [86_400 * 400, "1 year ago", "1 y"],
])("a time %i seconds ago reads %s", (seconds, long, short) => {
  expect(ago(seconds)).toEqual({ long, short });
});

test.each([
  [3, "just now"],
  [90, "in 2 minutes"],
  [3599, "in 1 hour"],
  [4 * 3600 - 9, "in 4 hours"],
  [2.4 * 3600, "in 2 hours"],
  [86_400 - 9, "in 1 day"],
])("a time %i seconds ahead reads %s", (seconds, long) => {
  expect(ago(-seconds).long).toBe(long);
});
