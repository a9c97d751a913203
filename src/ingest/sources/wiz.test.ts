import { expect, test } from "vitest";
import { recorded, reportsOf } from "../../../test/parse-recorded.ts";
import { wiz } from "./wiz.ts";

const resolved = recorded("wiz-resolved");
const parse = (issue: object) => reportsOf(wiz, { ...resolved, issue: { ...resolved.issue, ...issue } })[0];

test("an issue is identified by its id, and ends when it is resolved or rejected", () => {
  expect(parse({})).toMatchObject({
    says: "resolved",
    title: "Publicly exposed VM with a leaked key: jenkins-aws",
    severity: "CRITICAL",
    detectionId: "wc-id-1",
    detectionName: "Publicly exposed VM with a leaked key",
    identity: { kind: "named", id: "e3188a71-794c-5ee8-b97c-eb794aa5b752" },
    tags: ["EXTERNAL_EXPOSURE"],
    reference: null,
    context: { status: "RESOLVED", resource: { cloudPlatform: "AWS" }, projects: "Shop, Web" },
    occurredAt: new Date("2026-03-02T10:15:00.306Z"),
  });
  expect(parse({ status: "REJECTED" })).toMatchObject({ says: "resolved" });
  expect(parse({ status: "IN_PROGRESS" })).toMatchObject({ says: "firing" });
  expect(parse({ status: null })).toMatchObject({ says: "firing" });
});

test("the issue's severity counts before the control's, and an unknown one takes the default", () => {
  expect(parse({ severity: null })).toMatchObject({ severity: "CRITICAL" });
  expect(parse({ severity: "INFORMATIONAL" })).toMatchObject({ severity: "INFO", warnings: [] });
  expect(parse({ severity: "LOUD" })).toMatchObject({
    severity: "MEDIUM",
    warnings: [{ field: "severity" }],
  });
});

test("an issue without parts is named after the source", () => {
  expect(reportsOf(wiz, { issue: null, id: "trigger" })).toMatchObject([
    { title: "My source", identity: { kind: "windowed" } },
  ]);
  expect(reportsOf(wiz, { id: "i1", sourceRule: { name: "Open port" } })).toMatchObject([
    { title: "Open port", identity: { kind: "named", id: "i1" } },
  ]);
});
