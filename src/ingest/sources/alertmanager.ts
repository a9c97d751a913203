import { createHash } from "node:crypto";
import { z } from "zod";
import { fitObject, limits } from "../cut-to-limits.ts";
import { finishReport } from "../finish-report.ts";
import { firstLine, readSeverity, readTime, optionalText as text, webAddress } from "../read-fields.ts";
import { type ParsedItem, parseFailure, type SourceDefaults, type SourceKind } from "../source-kind.ts";

const labelSet = z.record(z.string(), z.unknown()).catch({});

const alert = z.object(
  {
    status: text,
    labels: labelSet,
    annotations: labelSet,
    startsAt: text,
    endsAt: text,
    generatorURL: text,
    fingerprint: text,
  },
  "an alert with labels",
);
type PrometheusAlert = z.infer<typeof alert>;

const envelope = z.object(
  {
    version: z.literal("4", `"4"; Grafana's version "1" is not supported`).nullish(),
    status: text,
    receiver: text,
    groupKey: text,
    groupLabels: labelSet,
    externalURL: text,
    truncatedAlerts: z.number().nullish().catch(null),
    notification_reason: text,
    alerts: z
      .array(z.unknown(), "a list of alerts")
      .min(1, "at least one alert")
      .max(limits.reportsAtOnce, `at most ${limits.reportsAtOnce} alerts`),
  },
  "the object that Alertmanager's webhook_configs send",
);
type Envelope = z.infer<typeof envelope>;

/** Prometheus Alertmanager's webhook, version 4: one report for each alert of the group. */
export const alertmanager: SourceKind = {
  kind: "alertmanager",
  label: "Prometheus Alertmanager",
  setup: "Add this receiver to alertmanager.yml, and a route to it.",
  config: `receivers:
  - name: tocsin
    webhook_configs:
      - url: {url}
        send_resolved: true
        http_config:
          authorization:
            credentials: {key}`,
  sample: {
    version: "4",
    status: "firing",
    alerts: [
      {
        status: "firing",
        labels: { alertname: "FirstReport", severity: "warning" },
        annotations: { summary: "A first report" },
        startsAt: "2026-01-01T00:00:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        fingerprint: "0123456789abcdef",
      },
    ],
  },
  parse: parseAlertmanager,
};

function parseAlertmanager(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = envelope.safeParse(given);
  if (!read.success) return [parseFailure(read.error)];
  const group = { status: read.data.status, context: groupContext(read.data) };
  return read.data.alerts.map((one) => parseAlert(one, group, source));
}

function parseAlert(
  given: unknown,
  group: { status: string | null | undefined; context: Record<string, unknown> },
  source: SourceDefaults,
): ParsedItem {
  const read = alert.safeParse(given);
  if (!read.success) return parseFailure(read.error);
  const { status, labels, annotations, startsAt, endsAt, generatorURL } = read.data;
  const alertname = textOf(labels.alertname);
  const description = textOf(annotations.description) ?? textOf(annotations.message);
  const title = firstLine(textOf(annotations.summary)) ?? firstLine(description) ?? alertname;
  if (!title) return { ok: false, field: "labels.alertname", expected: "a name, a summary or a description" };
  const logType = textOf(labels.log_type);
  const report = finishReport({
    says: (status ?? group.status) === "resolved" ? "resolved" : "firing",
    title,
    severity: readSeverity(textOf(labels.severity)) ?? source.defaultSeverity,
    detection: alertname ? { id: alertname } : null,
    identity: { kind: "named", id: identify(read.data) },
    logTypes: logType ? [logType] : [],
    description,
    runbook: textOf(annotations.runbook_url),
    reference: webAddress(generatorURL),
    context: { labels, annotations, ...(readTime(endsAt) && { endsAt }), ...group.context },
    occurredAt: readTime(startsAt),
    event: given,
  });
  return { ok: true, report };
}

/** The fingerprint identifies the labels; with startsAt it identifies this period of firing. */
function identify({ fingerprint, labels, startsAt }: PrometheusAlert): string {
  return `${fingerprint || hashLabels(labels)} ${startsAt ?? ""}`.trim();
}

/** Older Alertmanagers and compatible tools send no fingerprint. */
function hashLabels(labels: Record<string, unknown>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}

/** The group's fields, which each report repeats, cut so that together they are not larger than a body. */
function groupContext({ alerts, truncatedAlerts, ...group }: Envelope): Record<string, unknown> {
  const { groupLabels, receiver, externalURL, groupKey, notification_reason } = group;
  const truncated = truncatedAlerts ? { truncatedAlerts } : {};
  const fields = { groupLabels, receiver, externalURL, groupKey, notification_reason, ...truncated };
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return fitObject(Object.fromEntries(given), Math.max(3000, limits.bodyBytes / alerts.length));
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() ? value.trim() : null;
}
