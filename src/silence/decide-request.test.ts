import { expect, test } from "vitest";
import { decideChange, decideCreation } from "./decide-request.ts";

const now = new Date("2026-11-30T12:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 3600_000);
const request = {
  source: "okta",
  detection: "Okta.Login",
  title: null,
  severities: [],
  fields: [],
  alsoCritical: false,
};
const facts = { running: 0, source: true, alert: true, now, until: null };

test.each<[string, object, object, object | null]>([
  ["a detection of a source", {}, {}, null],
  ["90 days", {}, { until: inDays(90) }, null],
  ["no condition", { source: null, detection: null }, {}, { field: "detection" }],
  ["an unknown source", {}, { source: false }, { field: "source" }],
  ["an unknown alert", { alertId: "x" }, { alert: false }, { field: "alertId" }],
  ["a time that is over", {}, { until: now }, { field: "until" }],
  ["more than 90 days", {}, { until: inDays(90.01) }, { field: "until" }],
  ["CRITICAL alerts only, without confirmation", { severities: ["CRITICAL"] }, {}, { field: "alsoCritical" }],
  ["CRITICAL alerts with confirmation", { severities: ["CRITICAL"], alsoCritical: true }, {}, null],
  ["one silence too many", {}, { running: 200 }, { refused: "conflict" }],
])("a silence for %s is created or refused", (_, change, found, expected) => {
  const decision = decideCreation({ ...request, ...change }, { ...facts, ...found });
  if (expected) expect(decision).toMatchObject(expected);
  else expect(decision).toBeNull();
});

const silence = { severities: [], alsoCritical: false, createdAt: inDays(-30) };
test.each<[string, object, object | null]>([
  ["another 60 days", { forMinutes: 60 * 24 * 60 }, null],
  ["more than 90 days in all", { forMinutes: 61 * 24 * 60 }, { field: "forMinutes" }],
  ["an end that is over", { until: inDays(-1).toISOString() }, { field: "until" }],
  ["CRITICAL alerts too", { alsoCritical: true }, null],
])("a silence that began 30 days ago takes %s, or is refused", (_, change, expected) => {
  const decision = decideChange(silence, change, now);
  if (expected) expect(decision).toMatchObject(expected);
  else expect(decision).toBeNull();
});
