import { expect, test } from "vitest";
import { quietUntil } from "./quiet-hours.ts";

const night = { from: "22:00", to: "07:00" };

test.each([
  ["an evening", "2026-11-24T20:59:59Z", night, null],
  ["their start", "2026-11-24T21:00:30Z", night, "2026-11-25T06:00:00.000Z"],
  ["the early morning", "2026-11-25T05:59:00Z", night, "2026-11-25T06:00:00.000Z"],
  ["their end", "2026-11-25T06:00:00Z", night, null],
  ["the night in which the clocks go back", "2026-10-24T21:30:00Z", night, "2026-10-25T06:00:00.000Z"],
  ["the night in which the clocks go forward", "2026-03-28T22:30:00Z", night, "2026-03-29T05:00:00.000Z"],
  [
    "quiet hours within a day",
    "2026-11-24T11:30:00Z",
    { from: "12:00", to: "13:00" },
    "2026-11-24T12:00:00.000Z",
  ],
  ["no quiet hours", "2026-11-24T21:00:00Z", { from: "22:00", to: "22:00" }, null],
])("quiet hours in Berlin at %s end in time", (_, now, hours, until) => {
  expect(quietUntil(new Date(now), hours, "Europe/Berlin")?.toISOString() ?? null).toBe(until);
});
