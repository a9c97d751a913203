import { expect, test } from "vitest";
import { recorded, reportsOf } from "../../../test/parse-recorded.ts";
import { securityHub } from "./security-hub.ts";

const imported = recorded("security-hub-imported");
const [failed] = imported.detail.findings;
const parse = (finding: object) => reportsOf(securityHub, { ...failed, ...finding })[0];

test("each finding of an event is a report, identified by its Id and its product", () => {
  const [open, suppressed, archived] = reportsOf(securityHub, imported);
  expect(open).toMatchObject({
    says: "firing",
    title: "S3 general purpose buckets should block public access",
    severity: "HIGH",
    detectionId: "security-control/S3.8",
    identity: { kind: "named", id: `${failed.Id} ${failed.ProductArn}` },
    runbook: "https://docs.aws.amazon.com/console/securityhub/S3.8/remediation",
    tags: ["Software and Configuration Checks"],
    occurredAt: new Date("2026-03-02T10:14:00Z"),
  });
  expect(suppressed).toMatchObject({
    says: "resolved",
    severity: "MEDIUM",
    occurredAt: new Date("2026-03-02T10:13:00Z"),
  });
  expect(archived).toMatchObject({ says: "resolved", severity: "CRITICAL", title: "inspector/CVE-2026-1" });
});

test.each([
  [{ RecordState: "ARCHIVED" }, "resolved"],
  [{ Workflow: { Status: "RESOLVED" } }, "resolved"],
  [{ Workflow: { Status: "NOTIFIED" } }, "firing"],
  [{ Compliance: { Status: "PASSED" } }, "resolved"],
  [{ Compliance: { Status: "WARNING" } }, "firing"],
  [{ Compliance: null, Workflow: null, RecordState: 7 }, "firing"],
])("%j is %s", (state, says) => {
  expect(parse(state)).toMatchObject({ says });
});

test.each([
  [{ Label: "CRITICAL", Normalized: 1 }, "CRITICAL"],
  [{ Label: "INFORMATIONAL" }, "INFO"],
  [{ Normalized: 89 }, "HIGH"],
  [{ Normalized: 70 }, "HIGH"],
  [{ Normalized: 40 }, "MEDIUM"],
  [{ Normalized: 1 }, "LOW"],
  [{ Normalized: 0, Product: 8 }, "INFO"],
  [{ Product: 8 }, "HIGH"],
])("the severity %j is %s", (Severity, severity) => {
  expect(parse({ Severity })).toMatchObject({ severity, warnings: [] });
});

test.each([null, {}, { Label: "LOUD" }, { Product: null }, "HIGHEST"])(
  "the severity %j takes the default",
  (Severity) => {
    expect(parse({ Severity })).toMatchObject({
      severity: "MEDIUM",
      warnings: expect.arrayContaining([expect.objectContaining({ field: "severity" })]),
    });
  },
);

test("a person's custom action always fires, and an insight without findings is a report", () => {
  const action = { "detail-type": "Security Hub Findings - Custom Action", detail: imported.detail };
  expect(reportsOf(securityHub, action).map(({ says }) => says)).toEqual(["firing", "firing", "firing"]);
  expect(reportsOf(securityHub, recorded("security-hub-insight"))).toMatchObject([
    { title: "Hosts with the most critical findings", severity: "MEDIUM", identity: { kind: "windowed" } },
  ]);
});

test("a finding that is none doesn't affect its neighbours", () => {
  const detail = { findings: [null, failed, 7] };
  const items = securityHub.parse({ ...imported, detail }, { defaultSeverity: "LOW" });
  expect(items.map(({ ok }) => ok)).toEqual([false, true, false]);
});
