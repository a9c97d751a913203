import { expect, test } from "vitest";
import { recorded, reportsOf } from "../../../test/parse-recorded.ts";
import { sentinelone } from "./sentinelone.ts";

const threat = recorded("sentinelone-threat");

test("a threat is identified by its id, and ends when the incident is resolved", () => {
  expect(reportsOf(sentinelone, threat)).toMatchObject([
    {
      says: "resolved",
      title: "invoice.exe: laptop-7",
      severity: "HIGH",
      detectionId: "invoice.exe",
      identity: { kind: "named", id: "1409534843102552010" },
      tags: ["Trojan"],
      context: {
        host: "laptop-7",
        user: "ACME\\eve",
        account: "Acme",
        site: "Berlin",
        verdict: "true_positive",
      },
      occurredAt: new Date("2026-03-02T10:15:00.125Z"),
    },
  ]);
  const suspicious = {
    ...threat,
    threatInfo: { ...threat.threatInfo, confidenceLevel: "suspicious", incidentStatus: "unresolved" },
  };
  expect(reportsOf(sentinelone, suspicious)).toMatchObject([{ says: "firing", severity: "MEDIUM" }]);
});

test("an activity with names in lower case is identified by its alert, not by its own id", () => {
  const activity = recorded("sentinelone-activity");
  expect(reportsOf(sentinelone, activity)).toMatchObject([
    {
      title: activity.primarydescription,
      severity: "LOW",
      detectionId: "12346",
      detectionName: "ssh from outside",
      identity: { kind: "named", id: "1570395776954206545" },
    },
  ]);
  const other = { ...activity, data: { ...activity.data, alertid: null } };
  expect(reportsOf(sentinelone, other)[0]?.identity.kind).toBe("windowed");
});

test.each([
  ["E_CRITICAL", "CRITICAL"],
  ["Info", "INFO"],
  ["e_medium", "MEDIUM"],
])("the severity %s is %s", (severity, expected) => {
  const alert = { alertInfo: { alertId: "1" }, ruleInfo: { name: "r", severity } };
  expect(reportsOf(sentinelone, alert)).toMatchObject([{ severity: expected, warnings: [] }]);
});

test("a severity that is unknown takes the default, and a list is a report each", () => {
  const data = [
    { id: "1", name: "a", severity: "E_LOUD" },
    { id: "2", name: "b", severity: "HIGH" },
  ];
  expect(reportsOf(sentinelone, { data })).toMatchObject([
    { title: "a", severity: "MEDIUM", warnings: [{ field: "severity" }] },
    { title: "b", severity: "HIGH", identity: { id: "2" } },
  ]);
});
