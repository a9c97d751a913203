import { expect, test } from "vitest";
import { withoutTimes } from "./without-times.ts";

test.each([
  "at 2026-11-29T10:00:00.123456789Z now",
  "at 2026-11-29 10:00:00.123 +0000 UTC now",
  "at 2026/11/29, 10:00 now",
  "at Sun, 29 Nov 2026 10:00:00 GMT now",
  "at Sun Nov 29 10:00:00 UTC 2026 now",
  "at Jan 15 10:12:13 now",
  "at November 29th, 2026 10:00AM UTC now",
  "at 29.11.2026 10:00 now",
  "at 11/29/26 now",
  "at 10:00-10:05 now",
  "at 9:05 pm CET now",
  "at 1795946400 now",
  "at 1795946400123 now",
  "at 1h 5m 30s now",
  "at 26 ms and counting now",
  "at 3 hours ago now",
  "at a few seconds ago now",
  "at PT5M now",
])("%s has a time or duration that is left out", (text) => {
  expect(withoutTimes(text)).toBe("at now");
});

test.each([
  ["[FIRING:2] Disk full", "[FIRING] Disk full"],
  ["[FIRING:2, RESOLVED:1] Disk full", "[FIRING, RESOLVED] Disk full"],
  ["50 events occurred", "events occurred"],
  ["num_hits: 51", "num_hits:"],
  ["Times Seen: 1,204", "Times Seen:"],
  ["attempt 3 of 5 failed", "attempt failed"],
  ["Disk full x12", "Disk full"],
])("%s is counted as %s", (text, left) => {
  expect(withoutTimes(text)).toBe(left);
});

test.each([
  "connect ECONNREFUSED 10.0.4.7:443",
  "device 00:11:22:33:44:55",
  "net 10.0.0.0/24 and 2001:db8::10:20",
  "version 1.2.34 of web-3d",
  "account 123456789012",
  "interface 1/24 is down",
  "10.29.11.2026 is no date",
  "the host db-1:5432",
  "CPU is at 93.2 %",
  "rule 510, level 7",
  "build #177",
  "in may.example",
])("%s stays as it is", (text) => {
  expect(withoutTimes(text)).toBe(text);
});

test("a line of which nothing is left is left out", () => {
  expect(withoutTimes("Disk full\n10:00 – 10:05\n---\n🔥")).toBe("Disk full\n🔥");
});

test("a text of a megabyte is read in linear time", () => {
  for (const one of ["1 ", "1:", "jan 1 ", "a few ", "1h", "[A:1", "2026-", "1,"]) {
    expect(withoutTimes(one.repeat(250_000)).length).toBeGreaterThanOrEqual(0);
  }
}, 20_000);
