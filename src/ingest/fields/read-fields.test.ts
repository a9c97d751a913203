import { expect, test } from "vitest";
import { firstLine, readSeverity, readTime, severityOf, webAddress } from "./read-fields.ts";

test.each([
  ["critical", "CRITICAL"],
  ["Page", "HIGH"],
  [" warning ", "MEDIUM"],
  ["minor", "LOW"],
  ["none", "INFO"],
  ["SEV-0", "CRITICAL"],
  ["p 1", "CRITICAL"],
  ["Sev 5", "INFO"],
  ["S3", "MEDIUM"],
  ["emerg", "CRITICAL"],
  ["disaster", "CRITICAL"],
  ["err", "HIGH"],
  ["average", "MEDIUM"],
  ["ok", "INFO"],
  [0, "CRITICAL"],
  [2, "CRITICAL"],
  ["3", "HIGH"],
  [5, "LOW"],
  [7, "INFO"],
  [8, null],
  ["P6", null],
  ["purple", null],
  ["constructor", null],
  [{}, null],
  [true, null],
  ["", null],
  [null, null],
])("the severity %j is read as %s", (word, severity) => {
  expect(readSeverity(word)).toBe(severity);
});

test("a source's own words for severities come first, and its default last, with a warning", () => {
  const source = {
    defaultSeverity: "LOW",
    severityWords: { "very bad": "CRITICAL", warning: "INFO" },
  } as const;
  expect(severityOf("Very-Bad", source)).toEqual({ severity: "CRITICAL", warning: null });
  expect(severityOf("WARNING", source)).toEqual({ severity: "INFO", warning: null });
  expect(severityOf("error", source)).toEqual({ severity: "HIGH", warning: null });
  expect(severityOf("urgent", source, "labels.severity")).toEqual({
    severity: "LOW",
    warning: {
      field: "labels.severity",
      expected: expect.stringContaining('"urgent" is not known'),
      unknownSeverity: "urgent",
    },
  });
  expect(severityOf(" ", source)).toMatchObject({ severity: "LOW", warning: { unknownSeverity: null } });
  expect(severityOf("x".repeat(500), source).warning?.unknownSeverity).toHaveLength(100);
});

test.each([
  ["2026-01-15T10:00:00Z", "2026-01-15T10:00:00.000Z"],
  ["2026-01-15T10:00:00.123456789Z", "2026-01-15T10:00:00.123Z"],
  ["2026-01-15T10:00:00.5-0430", "2026-01-15T14:30:00.500Z"],
  ["2026-01-15 10:00:00", "2026-01-15T10:00:00.000Z"],
  [" 2026-01-15 10:00 +02 ", "2026-01-15T08:00:00.000Z"],
  ["2026-01-15 10:00:00,250 UTC", "2026-01-15T10:00:00.250Z"],
  [1_764_410_000, "2025-11-29T09:53:20.000Z"],
  ["1764410000.5", "2025-11-29T09:53:20.500Z"],
  ["1764410000123", "2025-11-29T09:53:20.123Z"],
  [1_764_410_000_123_456, "2025-11-29T09:53:20.123Z"],
  ["1764410000123456789", "2025-11-29T09:53:20.123Z"],
  ["0001-01-01T00:00:00Z", undefined],
  ["9999-12-31T23:59:59-14:00", undefined],
  ["2026-13-45T10:00:00Z", undefined],
  ["yesterday", undefined],
  [20_260_115, undefined],
  [-1_764_410_000, undefined],
  [true, undefined],
  [{}, undefined],
  [null, undefined],
])("the time %j is read as %s", (text, iso) => {
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
