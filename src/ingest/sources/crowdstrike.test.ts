import { expect, test } from "vitest";
import { recorded, reportsOf } from "../../../test/parse-recorded.ts";
import { crowdstrike } from "./crowdstrike.ts";

const stream = recorded("crowdstrike-stream");
const api = recorded("crowdstrike-alerts-api");

test("a detection of the stream is identified by DetectId", () => {
  expect(reportsOf(crowdstrike, stream)).toMatchObject([
    {
      says: "firing",
      title: "Suspicious Activity: LAPTOP-1",
      severity: "HIGH",
      detectionId: "Suspicious Activity",
      identity: { kind: "named", id: "ldt:0123456789abcdef:4295483277" },
      tags: ["Execution", "Scripting"],
      reference: "https://falcon.crowdstrike.com/activity/detections/detail/1/2",
      context: { host: "LAPTOP-1", user: "eve", commandLine: "wscript.exe invoice.vbs" },
    },
  ]);
});

test("alerts of the API are identified by composite_id, and a closed one is over", () => {
  expect(reportsOf(crowdstrike, api)).toMatchObject([
    {
      says: "firing",
      title: "CredentialDumping: dc-1",
      severity: "CRITICAL",
      identity: { kind: "named", id: "c1:ind:a1:1-2-3" },
      reports: { "MITRE ATT&CK": ["T1003"] },
      occurredAt: new Date("2026-03-02T10:15:00.123Z"),
    },
    { says: "resolved", title: "PUP", severity: "LOW" },
  ]);
});

test.each([
  [{ severity: 5 }, "CRITICAL"],
  [{ severity: 1 }, "INFO"],
  [{ severity: 80 }, "CRITICAL"],
  [{ severity: 79 }, "HIGH"],
  [{ severity: 40 }, "MEDIUM"],
  [{ severity: "20" }, "LOW"],
  [{ severity: 19 }, "INFO"],
  [{ severity: 3, severity_name: "Critical" }, "CRITICAL"],
  [{ SeverityName: "Informational" }, "INFO"],
])("%j is %s", (given, severity) => {
  expect(reportsOf(crowdstrike, { display_name: "x", ...given })).toMatchObject([{ severity, warnings: [] }]);
});

test("a detection in a workflow's data is found, and one without id or name is not lost", () => {
  const [alert] = api.resources;
  expect(reportsOf(crowdstrike, { data: alert })).toMatchObject([{ title: "CredentialDumping: dc-1" }]);
  expect(reportsOf(crowdstrike, { data: null, event: 7 })).toMatchObject([
    {
      title: "My source",
      severity: "MEDIUM",
      identity: { kind: "windowed" },
      warnings: [{ field: "severity" }, { field: "event" }],
    },
  ]);
});
