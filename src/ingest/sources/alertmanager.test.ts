import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecorded } from "../../../test/read-recorded.ts";
import { alertmanager } from "./alertmanager.ts";

const source = { defaultSeverity: "MEDIUM", name: "Prometheus" } as const;
const mixed = JSON.parse(readRecorded("alertmanager-mixed").toString());
const [first] = mixed.alerts;
const parse = (given: unknown) => alertmanager.parse(given, source);
const parseOne = (change: object) => parse({ ...mixed, alerts: [{ ...first, ...change }] })[0];

test("each alert of a group is a report, identified by its fingerprint, with its start as an instant", () => {
  const [sealed] = parse(mixed);
  expect(sealed).toMatchObject({
    ok: true,
    report: {
      says: "firing",
      title: "vault-1 is sealed",
      severity: "HIGH",
      type: "RULE",
      detectionId: "VaultSealed",
      identity: { kind: "named", id: "c0ffee00c0ffee00", startsAt: new Date("2026-01-15T10:00:00.123Z") },
      logTypes: ["Vault.Audit"],
      description: "vault-1:8200 has been sealed for 5 minutes.\nNo secret can be read.",
      runbook: "https://runbooks.acme.example/vault-sealed",
      reference: "http://prometheus.acme.example:9090/graph?g0.expr=vault_core_unsealed%3D%3D0",
      occurredAt: new Date("2026-01-15T10:00:00.123Z"),
      event: first,
    },
  });
});

test("the context contains the group's fields and truncatedAlerts", () => {
  const [sealed] = parse(mixed);
  expect(sealed?.ok && sealed.report.context).toEqual({
    labels: first.labels,
    annotations: first.annotations,
    groupLabels: { alertname: "VaultSealed" },
    receiver: "tocsin",
    externalURL: "http://alertmanager.acme.example:9093",
    groupKey: mixed.groupKey,
    notification_reason: "new alerts added",
    truncatedAlerts: 3,
  });
});

test("a resolved alert in a firing group is read as resolved, with endsAt", () => {
  expect(parse(mixed)[1]).toMatchObject({
    ok: true,
    report: {
      says: "resolved",
      title: "vault-2:8200 has been sealed for 5 minutes.",
      reference: null,
      context: { endsAt: "2026-01-15T10:01:00Z" },
    },
  });
});

test.each([
  ["no annotations", { annotations: {} }, { title: "VaultSealed", description: null, runbook: null }],
  ["severity none", { labels: { severity: "none" } }, { severity: "INFO" }],
  ["no alertname", { labels: {} }, { title: "vault-1 is sealed", detectionId: null }],
  ["no status, in a firing group", { status: undefined }, { says: "firing" }],
  ["no text at all", { labels: {}, annotations: {} }, { title: "Prometheus" }],
  ["numbers in labels", { labels: { alertname: 7, severity: 3 } }, { detectionId: "7", severity: "HIGH" }],
  ["no fingerprint and no start", { fingerprint: null, startsAt: null }, { identity: { startsAt: null } }],
])("an alert with %s is still a report", (_, change, report) => {
  expect(parseOne(change)).toMatchObject({ ok: true, report });
});

test.each([
  ["labels.severity", { labels: { alertname: "X", severity: "sev7" } }, { severity: "MEDIUM" }],
  ["labels.severity", { labels: { alertname: "X" } }, { severity: "MEDIUM" }],
  ["generatorURL", { generatorURL: "prometheus" }, { reference: null }],
  ["startsAt", { startsAt: "yesterday" }, { identity: { startsAt: null }, occurredAt: null }],
  ["status", { status: "pending" }, { says: "firing" }],
  ["annotations", { annotations: "none" }, { description: null }],
])("an alert with an odd %s in %j is taken with a warning", (field, change, report) => {
  const item = parseOne(change);
  expect(item).toMatchObject({ ok: true, report });
  expect(item?.ok && item.warnings?.map((warning) => warning.field)).toEqual([field]);
});

test("odd fields of the group are warned of in each of its reports", () => {
  const items = parse({ ...mixed, version: "1", truncatedAlerts: "many" });
  expect(items).toHaveLength(mixed.alerts.length);
  for (const item of items)
    expect(item.ok && item.warnings?.map(({ field }) => field)).toEqual(["version", "truncatedAlerts"]);
});

test("an alert without a fingerprint gets a hash of its labels, in any order", () => {
  const identity = (labels: object) => {
    const item = parseOne({ fingerprint: undefined, labels });
    return item?.ok ? item.report.identity : item;
  };
  expect(identity({ a: "1", b: "2" })).toEqual(identity({ b: "2", a: "1" }));
  expect(identity({ a: "1", b: "2" })).not.toEqual(identity({ a: "1", b: "3" }));
  expect(identity({ a: "1" })).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test("large group fields are cut, so that they don't multiply with the alerts", () => {
  const alerts = Array.from({ length: 1000 }, () => ({ labels: { alertname: "X" } }));
  const items = parse({ ...mixed, groupLabels: { big: "x".repeat(500_000) }, alerts });
  const bytes = items.map((item) => JSON.stringify(item.ok && item.report.context).length);
  expect(Math.max(...bytes)).toBeLessThan(4000);
});

test.each([
  ["an empty group", { ...mixed, alerts: [] }, "alerts", /at least one/],
  ["no list of alerts", { version: "4" }, "alerts", /a list of alerts/],
  ["a single alert without its envelope", first, "alerts", /a list of alerts/],
  ["a text", "hello", "report", /webhook_configs/],
  ["an alert that is not an object", { ...mixed, alerts: [7] }, "report", /an alert with labels/],
])("%s is refused", (_, given, field, expected) => {
  expect(parse(given)).toEqual([{ ok: false, field, expected: expect.stringMatching(expected) }]);
});

const captured = join(process.env.TOCSIN_ORACLES ?? "", "alerts/alertmanager");
test.skipIf(!process.env.TOCSIN_ORACLES || !existsSync(captured))(
  "payloads captured from Alertmanager are parsed completely (needs TOCSIN_ORACLES)",
  () => {
    const files = readdirSync(captured);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const given = JSON.parse(readFileSync(join(captured, file), "utf8"));
      const items = parse(given);
      const says = items.map((item) => item.ok && item.report.says);
      expect(says, file).toEqual(given.alerts.map((alert: { status: string }) => alert.status));
      expect(items[0], file).toMatchObject({ ok: true, report: { severity: "CRITICAL" } });
    }
  },
);
