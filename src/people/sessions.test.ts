import { expect, test } from "vitest";
import { sessionLifetime } from "./sessions.ts";

const day = (n: number) => new Date(Date.UTC(2026, 2, n));

test("each use extends a session by 14 days, up to 30 days from the sign-in", () => {
  expect(sessionLifetime(day(1), day(1))).toEqual(day(15));
  expect(sessionLifetime(day(1), day(10))).toEqual(day(24));
  expect(sessionLifetime(day(1), day(20))).toEqual(day(31));
});
