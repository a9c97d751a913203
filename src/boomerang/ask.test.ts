import { expect, test } from "vitest";
import { durationHours, openDurations } from "../alert/boomerang.ts";
import { questionTimes } from "./ask.ts";

const at = new Date("2026-11-24T12:00:00Z");
const hoursAfter = (time: Date) => (time.getTime() - at.getTime()) / 3600_000;

test.each(
  openDurations.map((length) => [length, { "1h": 1, "4h": 4, "24h": 24, "3d": 72 }[length]] as const),
)("a question open for %s expires after %d hours and reminds halfway", (length, hours) => {
  const { remindAt, expiresAt } = questionTimes(at, durationHours[length]);
  expect(hoursAfter(expiresAt)).toBe(hours);
  expect(hoursAfter(remindAt)).toBe(hours / 2);
});
