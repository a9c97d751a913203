import { expect, test } from "vitest";
import { native } from "./native.ts";

const minimal = { title: "Impossible travel", severity: "high" };
const parse = (given: unknown) => native.parse(given, { defaultSeverity: "LOW" })[0];
const fault = (given: object) => parse({ ...minimal, ...given });

test("a report needs only title and severity", () => {
  expect(parse(minimal)).toEqual({
    ok: true,
    report: {
      says: "firing",
      title: "Impossible travel",
      severity: "HIGH",
      type: "RULE",
      detectionId: "Impossible travel",
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
  ["an unknown field", { colour: "red" }, { event: { ...minimal, colour: "red" } }],
  ["a title that is too long", { title: "x".repeat(2000) }, { title: `${"x".repeat(993)}… [cut]` }],
])("a report with %s is accepted", (_, given, report) => {
  expect(fault(given)).toMatchObject({ ok: true, report });
});

test.each([
  ["title", { title: undefined }, "text that is not empty"],
  ["title", { title: "  " }, "text that is not empty"],
  ["severity", { severity: "red" }, "one of INFO, LOW, MEDIUM, HIGH, CRITICAL"],
  ["says", { says: "maybe" }, '"firing" or "resolved"'],
  ["detection", { detection: 5 }, "an id, or an object with id and name"],
  ["detection", { detection: { name: "x" } }, "an id, or an object with id and name"],
  ["dedupPeriodMinutes", { dedupPeriodMinutes: 0 }, "a whole number of minutes from 1 to 10080"],
  ["dedupPeriodMinutes", { dedupPeriodMinutes: 10_081 }, "a whole number of minutes from 1 to 10080"],
  ["dedupPeriodMinutes", { dedupPeriodMinutes: 1.5 }, "a whole number of minutes from 1 to 10080"],
  ["tags.1", { tags: ["a", 1] }, "text"],
  ["logTypes", { logTypes: "Okta" }, "a list of texts"],
  ["reports", { reports: [] }, 'an object of lists such as {"MITRE ATT&CK": ["T1110"]}'],
  ["destinations", { destinations: Array(11).fill("a") }, 'a list of at most 10 names or ids, or "SKIP"'],
  ["destinations", { destinations: "Security" }, 'a list of at most 10 names or ids, or "SKIP"'],
  ["eventTime", { eventTime: "yesterday" }, "an RFC 3339 time such as 2026-01-15T10:00:00Z"],
  ["context", { context: { a: "x".repeat(205_000) } }, "an object of at most 200 KiB"],
])("the field %s is refused in %j", (field, given, expected) => {
  expect(fault(given)).toEqual({ ok: false, field, expected });
});

test("a report that is not an object is refused", () => {
  expect(parse(7)).toEqual({ ok: false, field: "report", expected: "an object with title and severity" });
});
