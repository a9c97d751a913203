import { expect, test } from "vitest";
import { decideClock } from "./stale-requests.ts";

const now = 10_000;
const at = (...offsets: number[]) => offsets.map((offset, n) => ({ at: now - 60 * (n + 1), offset }));

test("three stale requests within ten minutes name the clock and its offset", () => {
  const wrong = decideClock(at(430, 425, 421), { now, accepted: null });
  expect(wrong?.remedy).toContain("about 7 minutes ahead of the time in Slack's requests");
  expect(wrong?.since).toEqual(new Date((now - 180) * 1000));
  expect(decideClock(at(-601, -600, -599), { now, accepted: now - 500 })?.remedy).toContain(
    "10 minutes behind",
  );
});

test.each([
  ["two", at(430, 425), null],
  ["three that are old by now", at(430, 425, 421).map((one) => ({ ...one, at: one.at - 600 })), null],
  ["three of different ages, as replays are", at(430, 9000, 421), null],
  ["three before one that was accepted", at(430, 425, 421), now - 100],
])("%s stale requests say nothing of the clock", (_, refused, accepted) => {
  expect(decideClock(refused, { now, accepted })).toBeNull();
});
