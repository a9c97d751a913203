import { expect, test } from "vitest";
import { recorded, reportsOf } from "../../../test/parse-recorded.ts";
import { sentinel } from "./sentinel.ts";

const event = recorded("sentinel-logic-app");
const parse = (properties: object) =>
  reportsOf(sentinel, {
    ...event,
    object: { ...event.object, properties: { ...event.object.properties, ...properties } },
  })[0];

test("an incident from a Logic App is identified by its name", () => {
  expect(parse({ createdTimeUtc: "2026-03-02T10:15:00Z" })).toMatchObject({
    says: "resolved",
    title: "Sign-in from an anonymous network",
    severity: "HIGH",
    detectionId: "rule-9",
    identity: { kind: "named", id: "73e01a99-5cd7-4139-a149-9f2736ff2ab5" },
    logTypes: ["Azure Active Directory Identity Protection"],
    tags: ["vip"],
    reports: { "MITRE ATT&CK": ["T1078"] },
    reference: expect.stringContaining("https://portal.azure.com/"),
    context: { number: "3177", workspace: "soc-west", classification: "BenignPositive" },
    occurredAt: new Date("2026-03-02T10:15:00Z"),
  });
  expect(reportsOf(sentinel, event.object)[0]?.identity).toEqual(parse({})?.identity);
});

test.each([
  ["New", "firing"],
  ["Active", "firing"],
  ["Closed", "resolved"],
  ["redirected", "resolved"],
  [null, "firing"],
])("the status %s is %s", (status, says) => {
  expect(parse({ status })).toMatchObject({ says });
});

test("alerts and incidents of Graph are identified by their id, one report each", () => {
  expect(reportsOf(sentinel, recorded("sentinel-graph-list"))).toMatchObject([
    {
      says: "resolved",
      severity: "LOW",
      detectionId: "e0da400f-affd-43ef-b1d5-afc2eb6f2756",
      identity: { kind: "named", id: "da637551227677560813_-961444813" },
      reports: { "MITRE ATT&CK": ["T1564.001"] },
    },
    {
      says: "firing",
      title: "Multi-stage incident on one endpoint",
      severity: "MEDIUM",
      identity: { kind: "named", id: "2972395" },
      tags: ["Demo"],
    },
  ]);
});

test("a change notification, which holds no alert, is refused in words", () => {
  const notification = {
    value: [{ changeType: "created", resource: "security/alerts", resourceData: { id: "1" } }],
  };
  expect(sentinel.parse(notification, { defaultSeverity: "LOW" })).toMatchObject([
    { ok: false, expected: expect.stringContaining("Logic App") },
  ]);
});
