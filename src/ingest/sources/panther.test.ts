import { expect, test } from "vitest";
import { readRecorded } from "../../../test/read-recorded.ts";
import { panther } from "./panther.ts";

const source = { defaultSeverity: "LOW", name: "Panther of Acme" } as const;
const rule = JSON.parse(readRecorded("panther-rule").toString());
const policy = JSON.parse(readRecorded("panther-policy").toString());
const parse = (given: unknown) => panther.parse(given, source)[0];

test("a rule's alert is identified by Panther's alertId", () => {
  expect(parse(rule)).toMatchObject({
    ok: true,
    report: {
      says: "firing",
      title: "Root user activity in account 123456789012",
      severity: "HIGH",
      type: "RULE",
      detectionId: "AWS.CloudTrail.RootActivity",
      detectionName: "Root account activity",
      identity: { kind: "named", id: "8f1c0a5e2b7d4c3690aa51de77b0c412" },
      tags: ["AWS", "Identity & Access Management"],
      reference: "https://panther.acme.example/alerts/8f1c0a5e2b7d4c3690aa51de77b0c412",
      context: { user: "eve@acme.example", sourceIPAddress: "203.0.113.7", eventName: "ConsoleLogin" },
      occurredAt: new Date("2026-01-15T10:00:03.512Z"),
      event: rule,
    },
  });
});

test("a policy without an alertId is identified by its title", () => {
  const identity = { kind: "windowed", dedupString: policy.title, periodMinutes: 60 };
  expect(parse(policy)).toMatchObject({ ok: true, report: { type: "POLICY", identity, description: null } });
});

test.each([
  ["no title", { title: null }, { title: "Root account activity" }],
  ["neither title nor name", { title: null, name: null }, { title: "AWS.CloudTrail.RootActivity" }],
  ["no name at all", { title: "", name: null, id: null }, { title: "Panther of Acme" }],
  ["its own word for a severity", { severity: "P1" }, { severity: "CRITICAL" }],
  ["JSON as alertContext", { alertContext: '{"user":"eve"}' }, { context: { user: "eve" } }],
  ["an unknown type", { type: "SIGNAL" }, { type: "RULE", context: { originalType: "SIGNAL" } }],
  ["system health", { type: "SYSTEM_ERROR", severity: "LOW" }, { severity: "CRITICAL" }],
])("an alert with %s is still a report", (_, change, report) => {
  expect(parse({ ...rule, ...change })).toMatchObject({ ok: true, report });
});

test.each([
  ["severity", { severity: "urgent" }, { severity: "LOW" }],
  ["link", { link: "javascript:alert(1)" }, { reference: null }],
  ["tags", { tags: ["a", 1, null] }, { tags: ["a", "1"] }],
  ["alertContext", { alertContext: [] }, { context: {} }],
  ["createdAt", { createdAt: 5 }, { occurredAt: null }],
])("an alert with an odd %s in %j is taken with a warning", (field, change, report) => {
  const item = parse({ ...rule, ...change });
  expect(item).toMatchObject({ ok: true, report });
  expect(item?.ok && item.warnings?.map((warning) => warning.field)).toEqual([field]);
});

test("what is not an object is refused", () => {
  expect(parse("hello")).toMatchObject({ ok: false, field: "report" });
});
