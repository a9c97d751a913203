import { expect, test } from "vitest";
import { firstLine, readSeverity, readTime, webAddress } from "./read-fields.ts";

test.each([
  ["critical", "CRITICAL"],
  ["Page", "HIGH"],
  [" warning ", "MEDIUM"],
  ["minor", "LOW"],
  ["none", "INFO"],
  ["purple", null],
  ["constructor", null],
  [null, null],
])("the severity word %s is read as %s", (word, severity) => {
  expect(readSeverity(word)).toBe(severity);
});

test.each([
  ["2026-01-15T10:00:00Z", "2026-01-15T10:00:00.000Z"],
  ["2026-01-15T10:00:00.123456789Z", "2026-01-15T10:00:00.123Z"],
  ["2026-01-15T10:00:00.5-0430", "2026-01-15T14:30:00.500Z"],
  ["0001-01-01T00:00:00Z", undefined],
  ["9999-12-31T23:59:59-14:00", undefined],
  ["2026-13-45T10:00:00Z", undefined],
  ["yesterday", undefined],
  [null, undefined],
])("the time %s is read as %s", (text, iso) => {
  expect(readTime(text)?.toISOString()).toBe(iso);
});

test.each([
  [" https://acme.example/a?b=c ", "https://acme.example/a?b=c"],
  ["see https://acme.example", null],
  ["javascript:alert(1)", null],
  ["", null],
])("the web address in %j is %s", (text, address) => {
  expect(webAddress(text)).toBe(address);
});

test("firstLine() returns the first line that is not blank", () => {
  expect(firstLine("\n \n  down: web-1 \nsince 10:00")).toBe("down: web-1");
  expect(firstLine(" \n")).toBeNull();
});
