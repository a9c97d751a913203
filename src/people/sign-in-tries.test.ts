import { expect, test } from "vitest";
import { patience, tryKeys, waitBefore } from "./sign-in-tries.ts";

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

test("an e-mail counts whatever its case, and can't be read from its key", () => {
  expect(tryKeys("Ada@Example.com ", "::1").email).toBe(tryKeys("ada@example.com", "::1").email);
  expect(tryKeys("ada@example.com", "::1").email).not.toContain("ada");
});

test("IPv6 counts by /64, IPv4 by address, mapped or not", () => {
  expect(tryKeys("", "2001:db8:1:2:3::4").ip).toBe("ip:2001:db8:1:2::");
  expect(tryKeys("", "::ffff:192.0.2.7").ip).toBe("ip:192.0.2.7");
  expect(tryKeys("", "192.0.2.7").ip).toBe("ip:192.0.2.7");
});
