import { expect, test } from "vitest";
import { native } from "./native.ts";

const minimal = { title: "Impossible travel", severity: "high" };
const source = { defaultSeverity: "LOW" } as const;
const parse = (given: unknown) => native.parse(given, source)[0];
const fault = (given: object) => parse({ ...minimal, ...given });

test("a report with title and severity gets defaults for the rest", () => {
  expect(parse(minimal)).toEqual({
    ok: true,
    report: {
      says: "firing",
      title: "Impossible travel",
      severity: "HIGH",
      type: "RULE",
      detectionId: null,
      detectionName: null,
      identity: { kind: "windowed", dedupString: "Impossible travel", periodMinutes: 60 },
      logTypes: [],
      tags: [],
      reports: {},
      description: null,
      runbook: null,
      reference: null,
      context: {},
      destinations: null,
      occurredAt: null,
      event: minimal,
    },
  });
});

test("every field of the native format is read", () => {
  const given = {
    ...minimal,
    type: "scheduled_rule",
    detection: { id: "Okta.ImpossibleTravel", name: "Impossible travel" },
    dedupString: "eve",
    dedupPeriodMinutes: 1440,
    logTypes: ["Okta.SystemLog"],
    tags: ["identity"],
    reports: { "MITRE ATT&CK": ["T1078"] },
    description: "Berlin, then Lima.",
    runbook: "Ask Eve.",
    reference: "wiki/travel",
    context: { user: "eve@acme.example" },
    destinations: ["Security", "On call"],
    firstEventOccurredAt: "2026-01-15T10:00:00+01:00",
    event: { ip: "203.0.113.7" },
  };
  const { detection, dedupString, dedupPeriodMinutes, firstEventOccurredAt, ...same } = given;
  expect(parse(given)).toEqual({
    ok: true,
    report: {
      ...same,
      says: "firing",
      severity: "HIGH",
      type: "SCHEDULED_RULE",
      detectionId: detection.id,
      detectionName: detection.name,
      identity: { kind: "windowed", dedupString, periodMinutes: dedupPeriodMinutes },
      occurredAt: new Date(firstEventOccurredAt),
    },
  });
});

test.each([
  ["a detection's id alone", { detection: "X" }, { detectionId: "X", detectionName: null }],
  ["null for a field", { detection: null, tags: null, event: null }, { tags: [] }],
  ["resolved, as a status", { status: "resolved" }, { says: "resolved" }],
  ["resolved, as says", { says: "RESOLVED" }, { says: "resolved" }],
  ["SKIP", { destinations: "SKIP" }, { destinations: [] }],
  ["SKIP in a list", { destinations: ["skip"] }, { destinations: [] }],
  ["no destination", { destinations: [] }, { destinations: [] }],
  ["an unknown type", { type: "HUNCH" }, { type: "RULE", context: { originalType: "HUNCH" } }],
  ["an unknown error", { type: "QUERY_ERROR" }, { type: "RULE_ERROR" }],
  ["system health, always critical", { type: "SYSTEM_ERROR" }, { severity: "CRITICAL" }],
  ["events", { events: Array.from({ length: 12 }, (_, n) => n) }, { event: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }],
  ["a number as title", { title: 12345 }, { title: "12345" }],
  [
    "numbers as text",
    { dedupPeriodMinutes: "90", detection: 7 },
    { detectionId: "7", identity: { periodMinutes: 90 } },
  ],
  ["a name of a detection", { detection: { name: "x" } }, { detectionId: "x", detectionName: "x" }],
  ["a syslog level", { severity: 3 }, { severity: "HIGH" }],
  [
    "JSON in a context",
    { context: '{"id":12345678901234567890}' },
    { context: { id: "12345678901234567890" } },
  ],
  ["an epoch", { eventTime: 1_764_410_000 }, { occurredAt: new Date("2025-11-29T09:53:20Z") }],
  [
    "a large context",
    { context: { a: "x".repeat(205_000) } },
    { context: { a: expect.stringContaining("[cut]") } },
  ],
  ["a single event", { events: 5 }, { event: 5 }],
  ["an unknown field", { colour: "red" }, { event: { ...minimal, colour: "red" } }],
  ["a title that is too long", { title: "x".repeat(2000) }, { title: `${"x".repeat(993)}… [cut]` }],
])("a report with %s is accepted", (_, given, report) => {
  const item = fault(given);
  expect(item).toMatchObject({ ok: true, report });
  expect(item).not.toHaveProperty("warnings");
});

test.each([
  ["severity", { severity: "red" }, { severity: "LOW" }],
  ["severity", { severity: undefined }, { severity: "LOW" }],
  ["says", { says: "maybe" }, { says: "firing" }],
  ["detection", { detection: [5] }, { detectionId: null }],
  ["detection", { detection: {} }, { detectionName: null }],
  ["dedupPeriodMinutes", { dedupPeriodMinutes: 0 }, { identity: { periodMinutes: 60 } }],
  ["dedupPeriodMinutes", { dedupPeriodMinutes: 10_081 }, { identity: { periodMinutes: 60 } }],
  ["dedupPeriodMinutes", { dedupPeriodMinutes: "1.5" }, { identity: { periodMinutes: 60 } }],
  ["tags", { tags: ["a", 1, true, null] }, { tags: ["a", "1", "true"] }],
  ["tags", { tags: ["a", { b: 1 }] }, { tags: ["a", '{"b":1}'] }],
  ["logTypes", { logTypes: "Okta, AWS" }, { logTypes: ["Okta", "AWS"] }],
  ["reports", { reports: [] }, { reports: {} }],
  ["destinations", { destinations: Array(11).fill("a") }, { destinations: Array(10).fill("a") }],
  ["destinations", { destinations: "Security" }, { destinations: ["Security"] }],
  ["destinations", { destinations: [null] }, { destinations: null }],
  ["destinations", { destinations: { a: 1 } }, { destinations: null }],
  ["eventTime", { eventTime: "yesterday" }, { occurredAt: null }],
  ["eventTime", { eventTime: "2026-01-15 10:00" }, { occurredAt: new Date("2026-01-15T10:00:00Z") }],
  ["context", { context: "user=eve" }, { context: {} }],
  ["context", { context: '{"user":' }, { context: {} }],
  ["title", { title: ["a", "b"] }, { title: '["a","b"]' }],
])("a report with an odd %s in %j is taken with a warning", (field, given, report) => {
  const item = fault(given);
  expect(item).toMatchObject({ ok: true, report });
  expect(item?.ok && item.warnings?.map((warning) => warning.field)).toEqual([field]);
});

test.each([{ title: undefined }, { title: "  " }, { title: null }])(
  "a report without a title is refused: %j",
  (given) => {
    expect(fault(given)).toEqual({ ok: false, field: "title", expected: "text that is not empty" });
  },
);

test("a report that is not an object is refused", () => {
  expect(parse(7)).toEqual({ ok: false, field: "report", expected: "an object with a title" });
});
