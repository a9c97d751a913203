import { expect, test } from "vitest";
import { attemptKeys, limits, waitBefore } from "./sign-in-tries.ts";

const lastAt = new Date("2026-03-02T09:00:00Z");
const after = (seconds: number) => new Date(lastAt.getTime() + seconds * 1000);
const wait = (failures: number, seconds = 0) =>
  waitBefore({ failures, lastAt }, limits.email, after(seconds)) / 1000;

test("failures after the free ones double the wait up to 15 minutes", () => {
  expect([4, 5, 6, 7, 11, 12, 99].map((failures) => wait(failures))).toEqual([0, 10, 20, 40, 640, 900, 900]);
});

test("the wait starts at the last failure", () => {
  expect([0, 4, 10, 60].map((seconds) => wait(5, seconds))).toEqual([10, 6, 0, 0]);
});

test("failures are forgotten one by one, so waiting frees one attempt", () => {
  const quarter = 15 * 60;
  expect(wait(7, quarter)).toBe(0);
  expect(waitBefore({ failures: 13, lastAt }, limits.email, after(quarter - 1))).toBe(1000);
});

test("an earlier clock reading doesn't count as elapsed time", () => {
  expect(wait(5, -3)).toBe(10);
  expect(wait(4, -3)).toBe(0);
});

test("the key of an email ignores case and doesn't contain the email", () => {
  expect(attemptKeys("Ada@Example.com ", "::1").email).toBe(attemptKeys("ada@example.com", "::1").email);
  expect(attemptKeys("ada@example.com", "::1").email).not.toContain("ada");
});

test("IPv6 addresses count by /64, IPv4 addresses alone, mapped or not", () => {
  expect(attemptKeys("", "2001:db8:1:2:3::4").ip).toBe("ip:2001:db8:1:2::");
  expect(attemptKeys("", "::ffff:192.0.2.7").ip).toBe("ip:192.0.2.7");
  expect(attemptKeys("", "192.0.2.7").ip).toBe("ip:192.0.2.7");
});
