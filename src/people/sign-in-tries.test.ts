import { expect, test } from "vitest";
import { patience, waitBefore } from "./sign-in-tries.ts";

const lastAt = new Date("2026-03-02T09:00:00Z");
const after = (seconds: number) => new Date(lastAt.getTime() + seconds * 1000);
const wait = (failures: number, seconds = 0) =>
  waitBefore({ failures, lastAt }, patience.email, after(seconds)) / 1000;

test("the first failures cost nothing, each further one doubles the wait up to a quarter of an hour", () => {
  expect([4, 5, 6, 7, 11, 12, 99].map((failures) => wait(failures))).toEqual([0, 10, 20, 40, 640, 900, 900]);
});

test("the wait runs from the last failure", () => {
  expect([0, 4, 10, 60].map((seconds) => wait(5, seconds))).toEqual([10, 6, 0, 0]);
});

test("failures are forgotten one by one, so that who waits out gets one try at a time", () => {
  const quarter = 15 * 60;
  expect(wait(7, quarter)).toBe(0);
  expect(waitBefore({ failures: 13, lastAt }, patience.email, after(quarter - 1))).toBe(1000);
});

test("a clock that was read too early does not count as time passed", () => {
  expect(wait(5, -3)).toBe(10);
  expect(wait(4, -3)).toBe(0);
});
