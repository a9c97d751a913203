import { z } from "zod";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import {
  anyValue,
  firstLine,
  isObject,
  optionalAddress,
  optionalObject,
  optionalText as text,
  textOf,
} from "../fields/read-fields.ts";
import { readObject } from "../fields/read-object.ts";
import { finishReport } from "../finish-report.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";
import { groupParser } from "./alertmanager.ts";

/** Grafana's webhook: since version 8 a group as Alertmanager sends it, before that one alert per request. */
export const grafana: SourceKind = {
  kind: "grafana",
  label: "Grafana",
  setup:
    "In Grafana, add a contact point of the type Webhook with the URL, the authorization scheme Bearer, and the key as credentials. Leave resolved messages on. As a file in provisioning/alerting, it is this.",
  config: `apiVersion: 1
contactPoints:
  - orgId: 1
    name: tocsin
    receivers:
      - uid: tocsin
        type: webhook
        settings:
          url: {url}
          httpMethod: POST
          authorization_scheme: Bearer
          authorization_credentials: {key}
        disableResolveMessage: false`,
  sample: {
    version: "1",
    status: "firing",
    alerts: [
      {
        status: "firing",
        labels: { alertname: "FirstReport", severity: "warning", grafana_folder: "Security" },
        annotations: { summary: "A first report" },
        startsAt: "2026-01-01T00:00:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        values: { A: 1 },
        fingerprint: "0123456789abcdef",
      },
    ],
  },
  reads: {
    identity: "fingerprint, else the labels; starts again with a later startsAt; before version 8, ruleId",
    severities: "label severity, before version 8 the tag; the usual words",
    ends: "status resolved, per alert; before version 8, state ok",
    fields: "labels, annotations, generatorURL, values, links to dashboard, panel and silence, the group",
    retries:
      "repeats every repeat interval (4 hours); a failed request is sent again with the next group interval",
  },
  parse: parseGrafana,
};

const parseAlertGroup = groupParser({ version: "1", contextOf });

function parseGrafana(given: unknown, source: SourceDefaults): ParsedItem[] {
  const isLegacy = isObject(given) && !("alerts" in given) && ("ruleId" in given || "evalMatches" in given);
  return isLegacy ? [parseLegacy(given, source)] : parseAlertGroup(given, source);
}

/** What Grafana says of an alert beyond Alertmanager's fields. `values` may be null. */
function contextOf(alert: Record<string, unknown>): Record<string, unknown> {
  const { values, dashboardURL, panelURL, silenceURL, imageURL } = alert;
  return filled({ values, dashboardURL, panelURL, silenceURL, imageURL });
}

const legacyAlert = z.object({
  ruleId: text,
  ruleName: text,
  ruleUrl: optionalAddress,
  imageUrl: text,
  title: text,
  message: text,
  state: text,
  orgId: text,
  dashboardId: text,
  panelId: text,
  tags: optionalObject,
  evalMatches: anyValue,
});

/** An alert of Grafana before version 8, which has one state per rule and no times. */
function parseLegacy(given: unknown, source: SourceDefaults): ParsedItem {
  const read = readObject(legacyAlert, given);
  if (!read.ok) return read;
  const { ruleId, ruleName, ruleUrl, title, message, state, evalMatches, ...about } = read.fields;
  const tags = read.fields.tags ?? {};
  if (state === "paused" || state === "pending") return notYet;
  const name = ruleName ?? title?.replace(/^\[[^\]]*\]\s*/, "") ?? null;
  const { severity, warnings } = rate(null, tags.severity, source, "a tag severity such as high");
  const report = finishReport({
    says: state === "ok" ? "resolved" : "firing",
    title: titleOf(source, name, firstLine(message)),
    severity,
    detection: ruleId ? { id: ruleId, name } : null,
    identity: ruleId ? { kind: "named", id: ["rule", about.orgId, ruleId].filter(Boolean).join(" ") } : null,
    tags: Object.entries(tags).map(([tag, value]) => [tag, textOf(value)].filter(Boolean).join(":")),
    description: message,
    reference: ruleUrl,
    context: filled({ ...about, state, tags, evalMatches }),
    event: given,
  });
  return takenReport(report, [...read.warnings, ...warnings]);
}

const notYet: ParsedItem = {
  ok: false,
  ignored: true,
  field: "state",
  expected: "alerting, no_data or ok; nothing happened yet",
};
