import { createHash } from "node:crypto";
import { z } from "zod";
import { fitObject, limits } from "../cut-to-limits.ts";
import {
  anyValue,
  firstLine,
  isNothing,
  isObject,
  optionalAddress,
  optionalObject,
  optionalTime,
  severityOf,
  optionalText as text,
  textOf,
} from "../fields/read-fields.ts";
import { readObject } from "../fields/read-object.ts";
import { finishReport } from "../finish-report.ts";
import {
  type ParsedItem,
  type Parser,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
  type Warning,
} from "../source-kind.ts";

const says = anyValue
  .transform((given) => (isNothing(given) ? undefined : saysOf(textOf(given))))
  .describe('"firing" or "resolved"');

function saysOf(status: string | null): "firing" | "resolved" | null {
  const word = status?.toLowerCase();
  return word === "firing" || word === "resolved" ? word : null;
}

const count = anyValue
  .transform((given) => (Number.isNaN(Number(textOf(given))) ? null : given))
  .describe("a number");

const alert = z.object(
  {
    status: says,
    labels: optionalObject,
    annotations: optionalObject,
    startsAt: optionalTime,
    endsAt: optionalTime,
    generatorURL: optionalAddress,
    fingerprint: text,
  },
  "an alert with labels",
);

const envelope = z.object(
  {
    version: text,
    status: says,
    receiver: text,
    groupKey: text,
    groupLabels: optionalObject,
    externalURL: text,
    truncatedAlerts: count,
    notification_reason: text,
    alerts: z
      .array(z.unknown(), "a list of alerts")
      .min(1, "at least one alert")
      .max(limits.reportsAtOnce, `at most ${limits.reportsAtOnce} alerts`),
  },
  "the object that Alertmanager's webhook_configs or Grafana's webhooks send",
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
  sizeSetting: "max_alerts in webhook_configs",
  reads: {
    identity: "fingerprint, else the labels; the alert starts again with a later startsAt",
    severities: "label severity; the usual words",
    ends: "status resolved, per alert",
    fields: "labels, annotations, generatorURL, the group; label log_type is the log type",
    retries:
      "repeats every repeat_interval (4 hours); tries again after 429 and 5xx; max_alerts limits a body",
  },
  parse: groupParser({ version: "4", contextOf: () => ({}) }),
};

/** What differs between Alertmanager's groups and Grafana's. */
interface GroupFormat {
  version: string;
  /** What else an alert has for the context. */
  contextOf: (alert: Record<string, unknown>) => Record<string, unknown>;
}

/** Parses the groups of alerts that Alertmanager and Grafana send, in one of these formats. */
export function groupParser({ version, contextOf }: GroupFormat): Parser {
  const otherVersion = { field: "version", expected: `"${version}"; Alertmanager's is "4", Grafana's "1"` };
  return (given, source) => {
    const read = readObject(envelope, given);
    if (!read.ok) return [read];
    const { status, alerts } = read.fields;
    const isOther = (read.fields.version ?? version) !== version;
    const warnings = isOther ? [otherVersion, ...read.warnings] : read.warnings;
    const group = { status, context: groupContext(read.fields), warnings, contextOf };
    return alerts.map((one) => parseAlert(one, group, source));
  };
}

interface AlertGroup extends Pick<GroupFormat, "contextOf"> {
  status: Envelope["status"];
  context: Record<string, unknown>;
  warnings: Warning[];
}

function parseAlert(given: unknown, group: AlertGroup, source: SourceDefaults): ParsedItem {
  const read = readObject(alert, given);
  if (!read.ok) return read;
  const { startsAt, endsAt, generatorURL, fingerprint, ...fields } = read.fields;
  const [labels, annotations] = [fields.labels ?? {}, fields.annotations ?? {}];
  const [alertname, logType] = [textOf(labels.alertname), textOf(labels.log_type)];
  const description = textOf(annotations.description) || textOf(annotations.message);
  const { severity, warning } = severityOf(labels.severity, source, "labels.severity");
  const report = finishReport({
    says: fields.status ?? group.status ?? "firing",
    title: titleOf(source, firstLine(textOf(annotations.summary)), firstLine(description), alertname),
    severity,
    detection: alertname ? { id: alertname } : null,
    identity: { kind: "named", id: fingerprint || hashLabels(labels), startsAt: startsAt ?? null },
    logTypes: logType ? [logType] : [],
    description,
    runbook: textOf(annotations.runbook_url),
    reference: generatorURL,
    context: {
      labels,
      annotations,
      ...(isObject(given) && group.contextOf(given)),
      ...(endsAt && isObject(given) && { endsAt: given.endsAt }),
      ...group.context,
    },
    occurredAt: startsAt,
    event: given,
  });
  return takenReport(report, [...group.warnings, ...read.warnings, warning]);
}

/** Older Alertmanagers and compatible tools send no fingerprint. */
function hashLabels(labels: Record<string, unknown>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}

/** The group's fields, which each report repeats, cut so that together they are not larger than a body. */
function groupContext({ alerts, truncatedAlerts, ...group }: Envelope): Record<string, unknown> {
  const { groupLabels, receiver, externalURL, groupKey, notification_reason } = group;
  const truncated = Number(truncatedAlerts ?? 0) !== 0 ? { truncatedAlerts } : {};
  const fields = { groupLabels, receiver, externalURL, groupKey, notification_reason, ...truncated };
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return fitObject(Object.fromEntries(given), Math.max(3000, limits.bodyBytes / alerts.length));
}
