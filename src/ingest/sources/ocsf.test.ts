import { expect, test } from "vitest";
import { recorded, reportsOf } from "../../../test/parse-recorded.ts";
import { ocsf } from "./ocsf.ts";

const finding = recorded("ocsf-finding");
const parse = (more: object) => reportsOf(ocsf, { ...finding, ...more })[0];

test("a finding is identified by finding_info.uid", () => {
  expect(parse({ time: "2026-03-02T10:15:00Z" })).toMatchObject({
    says: "firing",
    title: "Credentials dumped",
    severity: "CRITICAL",
    detectionId: "r-17",
    detectionName: "LSASS read",
    identity: { kind: "named", id: "f-1" },
    logTypes: ["Detection Finding"],
    tags: ["Credential Access"],
    reports: { "MITRE ATT&CK": ["T1003.001", "T1059"] },
    reference: "https://agent.example.com/findings/f-1",
    context: { product: "Agent", actor: { user: { email_addr: "eve@acme.example" } } },
    occurredAt: new Date("2026-03-02T10:15:00Z"),
  });
});

test("a Security Finding of OCSF before 1.1 is read, and closing it ends it", () => {
  expect(reportsOf(ocsf, recorded("ocsf-okta"))).toMatchObject([
    {
      says: "resolved",
      title: "Suspicious activity reported",
      identity: { kind: "named", id: "f-2" },
      severity: "MEDIUM",
      warnings: [{ field: "severity" }],
    },
  ]);
});

test.each([
  [{ severity_id: 5 }, "CRITICAL"],
  [{ severity_id: "4" }, "HIGH"],
  [{ severity_id: 3 }, "MEDIUM"],
  [{ severity_id: 2 }, "LOW"],
  [{ severity_id: 1 }, "INFO"],
  [{ severity_id: 99, severity: "Major" }, "HIGH"],
  [{ severity_id: null, severity: "Low" }, "LOW"],
])("%j is %s", (given, severity) => {
  expect(parse(given)).toMatchObject({ severity, warnings: [] });
});

test.each([
  [{ status_id: 3 }, "resolved"],
  [{ status_id: 4 }, "resolved"],
  [{ status_id: 2 }, "firing"],
  [{ class_uid: 2005, status_id: 3 }, "firing"],
  [{ class_uid: 2005, status_id: 5 }, "resolved"],
  [{ activity_id: 2 }, "firing"],
])("%j is %s", (given, says) => {
  expect(parse(given)).toMatchObject({ says });
});

test("an Incident Finding and an event of EventBridge hold their findings in lists", () => {
  const incident = {
    ...finding,
    class_uid: 2005,
    finding_info: null,
    finding_info_list: [{ uid: "f-9", title: "Many" }],
  };
  expect(reportsOf(ocsf, incident)).toMatchObject([{ title: "Many", identity: { id: "f-9" } }]);
  const event = { "detail-type": "Findings Imported V2", detail: { findings: [finding, incident] } };
  expect(reportsOf(ocsf, event).map(({ title }) => title)).toEqual(["Credentials dumped", "Many"]);
});

test("an event that is no finding is named after its message or class, in a window", () => {
  const event = { class_uid: 3002, class_name: "Authentication", severity_id: 2 };
  expect(reportsOf(ocsf, event)).toMatchObject([{ title: "Authentication", identity: { kind: "windowed" } }]);
  expect(reportsOf(ocsf, {})).toMatchObject([{ title: "My source" }]);
});
