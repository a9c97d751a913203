import { expect, test } from "vitest";
import { parse, recorded, reportOf, reportsOf, sameAlert } from "../../../test/builders/parsed.ts";
import { elastic } from "./elastic.ts";

const flat = recorded("elastic-flat");
const nested = recorded("elastic-nested");
const [first] = flat.alerts;

test("each alert of the template's list is a report, and the empty last entry is none", () => {
  const [service, other, ...rest] = reportsOf(elastic, flat);
  expect(rest).toEqual([]);
  expect(service).toMatchObject({
    says: "firing",
    title: "Suspicious service",
    severity: "HIGH",
    detectionId: "suspicious-service",
    detectionName: "Suspicious service",
    identity: { kind: "named", id: "aa11" },
    tags: ["Windows"],
    reports: { "MITRE ATT&CK": ["T1543"] },
    description: first["kibana.alert.reason"],
    reference: flat.results_link,
    context: { "host.name": "dc-1", "user.name": "eve", riskScore: "73" },
    occurredAt: new Date("2026-01-15T10:00:00Z"),
    event: first,
  });
  expect(other).toMatchObject({
    identity: { id: "aa12" },
    severity: "HIGH",
    context: { "host.name": "dc-2" },
  });
});

test("keys may be flat or nested, alone or in a list of documents", () => {
  const nestedFirst = { kibana: { alert: { uuid: "aa11", "rule.name": "Suspicious service" } } };
  expect(sameAlert(elastic, flat, nestedFirst)).toBe(true);
  expect(sameAlert(elastic, flat, [{ _id: "x", _source: nestedFirst }])).toBe(true);
  expect(sameAlert(elastic, flat, first)).toBe(true);
  expect(sameAlert(elastic, flat, nested)).toBe(false);
});

test("a closed or recovered alert is resolved", () => {
  expect(reportOf(elastic, nested)).toMatchObject({ says: "resolved", identity: { id: "bb21" } });
  expect(reportOf(elastic, { ...first, "kibana.alert.status": "recovered" })).toMatchObject({
    says: "resolved",
  });
});

test("a summary by state has alerts that fire and alerts that are over", () => {
  const reports = reportsOf(elastic, recorded("elastic-summary"));
  expect(reports.map(({ says, identity }) => [says, identity])).toEqual([
    ["firing", { kind: "named", id: "cc31" }],
    ["resolved", { kind: "named", id: "cc30" }],
  ]);
});

test.each([
  [99, "CRITICAL"],
  ["74", "CRITICAL"],
  [73.0, "HIGH"],
  [48, "HIGH"],
  [47, "MEDIUM"],
  [22, "MEDIUM"],
  [21, "LOW"],
  [0, "LOW"],
])("risk score %j without a severity is %s", (score, severity) => {
  const alert = { "kibana.alert.uuid": "u", "kibana.alert.risk_score": score };
  expect(reportOf(elastic, alert)).toMatchObject({ severity });
});

test("an alert without severity and risk score takes the source's default, with a warning", () => {
  expect(parse(elastic, { "kibana.alert.uuid": "u" })).toMatchObject([
    { report: { title: "My source", severity: "LOW" }, warnings: [{ field: "severity" }] },
  ]);
});

test("a template without alerts is one report of its rule", () => {
  expect(reportsOf(elastic, { ...flat, alerts: [{}] })).toMatchObject([
    { title: "Suspicious service", identity: { kind: "windowed" }, severity: "HIGH" },
  ]);
});

test("an unknown severity is not replaced silently by the risk score or the rule's", () => {
  const odd = { ...flat, alerts: [{ ...first, "kibana.alert.severity": "loud" }] };
  expect(parse(elastic, odd)).toMatchObject([{ warnings: [{ field: "kibana.alert.severity" }] }]);
});

test("an entry that is no alert costs no other one", () => {
  expect(parse(elastic, { ...flat, alerts: [first, 7, { odd: 1 }, {}] })).toMatchObject([
    { ok: true },
    { ok: false, field: "alerts" },
    { ok: false, field: "kibana.alert.uuid" },
  ]);
});

test.each([["hello"], [{}], [{ alerts: "none" }]])("%j is refused", (body) => {
  expect(parse(elastic, body)).toMatchObject([{ ok: false, expected: expect.stringContaining("Kibana") }]);
});
