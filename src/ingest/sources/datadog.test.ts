import { expect, test } from "vitest";
import { parse, recorded, reportOf, reportsOf, sameAlert } from "../../../test/builders/parsed.ts";
import { datadog } from "./datadog.ts";

const signal = recorded("datadog-webhook");
const api = recorded("datadog-api");
const monitor = recorded("datadog-monitor");

test("a signal by webhook is a report, identified by its id", () => {
  expect(parse(datadog, signal)).toMatchObject([
    {
      ok: true,
      report: {
        says: "firing",
        title: "Impossible travel: eve@acme.example",
        severity: "HIGH",
        detectionId: "abc-def-ghi",
        detectionName: "Impossible travel",
        identity: { kind: "named", id: "AwAAAYNqUBVU4-rffwAA" },
        tags: ["env:prod", "service:okta"],
        description: "Eve signed in from two countries.",
        reference: signal.link,
        context: { attributes: signal.attributes },
        event: signal,
      },
    },
  ]);
});

test("a signal as the API shows it is the same report, alone or in a list", () => {
  const expected = {
    title: "Service account from a new address",
    severity: "CRITICAL",
    detectionName: "New address",
    identity: { kind: "named", id: "AQAAAYNqUBVU4" },
    occurredAt: new Date("2026-01-15T10:00:00Z"),
  };
  expect(reportOf(datadog, api)).toMatchObject(expected);
  expect(reportOf(datadog, api.data)).toMatchObject(expected);
  expect(reportsOf(datadog, { data: [api.data, { ...api.data, id: "other" }] })).toHaveLength(2);
});

test("an archived signal is over", () => {
  const { attributes } = api.data;
  const archived = { ...attributes.custom.workflow, triage: { state: "archived" } };
  const data = {
    ...api.data,
    attributes: { ...attributes, custom: { ...attributes.custom, workflow: archived } },
  };
  expect(reportOf(datadog, { data })).toMatchObject({ says: "resolved" });
  expect(sameAlert(datadog, api, { data })).toBe(true);
});

test("a monitor is identified by its cycle, ends when it recovers, and has a priority", () => {
  expect(reportOf(datadog, monitor)).toMatchObject({
    says: "resolved",
    severity: "HIGH",
    detectionId: "1234",
  });
  const triggered = { ...monitor, transition: "Triggered", event_title: "[P2] [Triggered] CPU load" };
  expect(reportOf(datadog, triggered)).toMatchObject({ says: "firing" });
  expect(sameAlert(datadog, monitor, triggered)).toBe(true);
});

test("variables that Datadog did not replace count as missing", () => {
  expect(JSON.stringify(reportOf(datadog, signal).context)).not.toContain("$");
  const { id, ...rest } = signal;
  expect(reportOf(datadog, { ...rest, id: "$SECURITY_SIGNAL_ID" })).toMatchObject({
    identity: { kind: "windowed" },
  });
});

test("a signal without a severity takes the source's default, with a warning", () => {
  expect(parse(datadog, { ...signal, severity: "" })).toMatchObject([
    { report: { severity: "LOW" }, warnings: [{ field: "severity" }] },
  ]);
});

test.each([["hello"], [{}], [{ data: [7] }], [{ data: {} }]])("%j is refused", (body) => {
  expect(parse(datadog, body)).toMatchObject([{ ok: false, field: "id" }]);
});
