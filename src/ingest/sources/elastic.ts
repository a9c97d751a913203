import { z } from "zod";
import type { Severity } from "../../alert/alert.ts";
import { filled } from "../fields/loose-fields.ts";
import { byThreshold, rate } from "../fields/own-scale.ts";
import {
  anyValue,
  firstLine,
  isNothing,
  isObject,
  optionalAddress,
  optionalObject,
  optionalTexts,
  optionalTime,
  readSeverity,
  optionalText as text,
  textOf,
} from "../fields/read-fields.ts";
import { optionalFields, readObject } from "../fields/read-object.ts";
import { finishReport, windowOf } from "../finish-report.ts";
import {
  type ParsedItem,
  type ParseFailure,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

type JsonObject = Record<string, unknown>;

const contextPaths = [
  "host.name",
  "user.name",
  "source.ip",
  "destination.ip",
  "process.name",
  "process.command_line",
  "file.path",
  "event.action",
  "agent.name",
  "cloud.account.id",
];

const ruleKeys = ["name", "rule_id", "uuid", "id", "description", "note", "tags", "threat", "severity"];

/** The fields of an alert by their paths, however the keys are joined. */
const alertFields = z.object({
  kibana: optionalObject,
  "kibana.alert": optionalObject,
  "kibana.alert.uuid": text,
  "kibana.alert.severity": text,
  "kibana.alert.risk_score": text,
  "kibana.alert.reason": text,
  "kibana.alert.status": text,
  "kibana.alert.workflow_status": text,
  "kibana.alert.url": optionalAddress,
  "kibana.alert.original_time": optionalTime,
  "kibana.alert.rule": optionalFields(Object.fromEntries(ruleKeys.map((key) => [key, anyValue]))),
  "kibana.alert.rule.name": text,
  "kibana.alert.rule.rule_id": text,
  "kibana.alert.rule.uuid": text,
  "kibana.alert.rule.description": text,
  "kibana.alert.rule.note": text,
  "kibana.alert.rule.tags": optionalTexts,
  "event.dataset": text,
  "@timestamp": optionalTime,
});

/** What the template says of the rule, for alerts that don't. */
const ruleFields = optionalFields({
  id: text,
  name: text,
  severity: text,
  risk_score: text,
  description: text,
  note: text,
});
const envelopeFields = z.object({ rule: ruleFields, results_link: optionalAddress });

/**
 * Alerts of Elastic's detection engine, from Kibana's webhook connector. The body is the user's template, so the keys
 * are flat ("kibana.alert.uuid") or nested, the alerts in a list, under `alerts`, or by state in a summary.
 */
export const elastic: SourceKind = {
  kind: "elastic",
  label: "Elastic Security",
  setup:
    "In Kibana, create a connector of the type Webhook with the method POST, the URL, and a header X-API-Key with the key. Add it to your rules as an action for each alert, and enter this body.",
  config: `{"rule": {"id": "{{context.rule.id}}", "name": "{{context.rule.name}}", "severity": "{{context.rule.severity}}", "risk_score": "{{context.rule.risk_score}}"},
 "results_link": "{{{context.results_link}}}",
 "alerts": [{{#context.alerts}}{{{.}}},{{/context.alerts}}{}]}`,
  sample: {
    rule: { id: "first-rule", name: "First rule", severity: "medium", risk_score: 47 },
    results_link: "https://kibana.example.com/app/security",
    alerts: [
      {
        "@timestamp": "2026-01-01T00:00:00.000Z",
        "kibana.alert.uuid": "0123456789abcdef0123456789abcdef",
        "kibana.alert.rule.name": "First rule",
        "kibana.alert.severity": "medium",
        "kibana.alert.reason": "A first report",
        "host.name": "web-1",
      },
      {},
    ],
  },
  reads: {
    identity: "kibana.alert.uuid; without it, the rule and the reason, for 60 minutes",
    severities:
      "kibana.alert.severity, else the rule's; without either, risk_score: from 74 CRITICAL, from 48 HIGH, from 22 MEDIUM, else LOW",
    ends: "kibana.alert.status recovered, or kibana.alert.workflow_status closed, or the list of recovered alerts",
    fields: "rule, reason, MITRE ATT&CK, host, user, addresses, process, file, results_link",
    retries:
      "as the rule's actions say; Kibana tries an action 3 times after 429 and 5xx (xpack.actions.run.maxAttempts)",
  },
  parse: parseElastic,
};

function parseElastic(given: unknown, source: SourceDefaults): ParsedItem[] {
  if (!isObject(given)) return [unreadable("report")];
  const isEnvelope = "alerts" in given;
  const found = isEnvelope ? alertsIn(given.alerts, "alerts") : [alertIn(given)];
  const envelope = isEnvelope ? given : {};
  // A template without alerts, for example of a rule that found nothing to list.
  if (found.length === 0 && isObject(given.rule))
    return [parseAlert({ alert: {}, over: false }, { envelope, given }, source)];
  if (found.length === 0) return [unreadable("alerts")];
  return found.map((one) => ("field" in one ? one : parseAlert(one, { envelope, given }, source)));
}

interface Found {
  alert: JsonObject;
  /** Its list is that of the alerts that are over. */
  over: boolean;
}

/** The alerts of a list, or of a summary by state. The last entry of our template's list is empty. */
function alertsIn(value: unknown, field: string): (Found | ParseFailure)[] {
  if (Array.isArray(value)) {
    const isEmpty = (one: unknown) => isObject(one) && Object.keys(one).length === 0;
    return value
      .filter((one) => !isEmpty(one))
      .map((one) => (isObject(one) ? alertIn(one) : unreadable(field)));
  }
  if (!isObject(value)) return [unreadable(field)];
  const states = ["new", "ongoing", "recovered"].filter((state) => state in value);
  if (states.length === 0) return [alertIn(value)];
  return states.flatMap((state) => {
    const data = at(value, `${state}.data`);
    if (!Array.isArray(data)) return [unreadable(`${field}.${state}.data`)];
    const alerts = alertsIn(data, `${field}.${state}.data`);
    return alerts.map((one) => ("field" in one ? one : { ...one, over: state === "recovered" }));
  });
}

function alertIn(value: JsonObject): Found {
  return { alert: isObject(value._source) ? value._source : value, over: false };
}

interface Whole {
  envelope: JsonObject;
  given: unknown;
}

function parseAlert({ alert, over }: Found, { envelope, given }: Whole, source: SourceDefaults): ParsedItem {
  const view = Object.fromEntries(
    Object.keys(alertFields.shape).map((path) => [
      path,
      path.endsWith(".tags") ? at(alert, path) : single(at(alert, path)),
    ]),
  );
  const [read, around] = [readObject(alertFields, view), readObject(envelopeFields, envelope)];
  if (!read.ok) return read;
  if (!around.ok) return around;
  const { "kibana.alert.uuid": uuid, "kibana.alert.reason": reason, ...fields } = read.fields;
  const { rule } = around.fields;
  const name = fields["kibana.alert.rule.name"] ?? rule.name;
  const ruleId = fields["kibana.alert.rule.rule_id"] ?? fields["kibana.alert.rule.uuid"] ?? rule.id ?? name;
  const isAlert = Object.keys(alert).length > 0;
  if (isAlert ? !uuid && !reason && !fields["kibana.alert.rule.name"] : !ruleId)
    return unreadable("kibana.alert.uuid");
  const title = titleOf(source, name, firstLine(reason), ruleId);
  const word = fields["kibana.alert.severity"] ?? rule.severity;
  const risk = fields["kibana.alert.risk_score"] ?? rule.risk_score;
  const own = readSeverity(word) ?? (Number(risk) <= 100 ? byThreshold(risk, riskScores) : null);
  const { severity, warnings } = rate(own, word, source, expectedSeverity);
  const isGuess = word !== null && readSeverity(word) === null && warnings.length === 0;
  const { ids, isRead } = techniquesIn(at(alert, "kibana.alert.rule.threat"));
  const report = finishReport({
    says: over || isOver(fields) ? "resolved" : "firing",
    title,
    severity,
    detection: ruleId ? { id: ruleId, name } : null,
    identity: uuid ? { kind: "named", id: uuid } : windowOf(title, { reason }),
    logTypes: [fields["event.dataset"] ?? ""],
    tags: fields["kibana.alert.rule.tags"],
    reports: ids.length > 0 ? { "MITRE ATT&CK": ids } : {},
    description: reason ?? fields["kibana.alert.rule.description"] ?? rule.description,
    runbook: fields["kibana.alert.rule.note"] ?? rule.note,
    reference: fields["kibana.alert.url"] ?? around.fields.results_link,
    context: filled({
      ...Object.fromEntries(contextPaths.map((path) => [path, single(at(alert, path))])),
      riskScore: risk,
      status: fields["kibana.alert.status"],
      workflowStatus: fields["kibana.alert.workflow_status"],
    }),
    occurredAt: fields["kibana.alert.original_time"] ?? fields["@timestamp"],
    event: isAlert ? alert : given,
  });
  return takenReport(report, [
    ...around.warnings,
    ...read.warnings,
    ...warnings,
    isGuess ? { field: "kibana.alert.severity", expected: expectedSeverity } : null,
    isRead
      ? null
      : { field: "kibana.alert.rule.threat", expected: "a list of threats with tactic and technique" },
  ]);
}

const expectedSeverity = "a severity from low to critical, or a risk score from 0 to 100";

function unreadable(field: string): ParseFailure {
  return { ok: false, field, expected: "an alert of Kibana's, with its uuid, rule or reason" };
}

type State = Pick<z.output<typeof alertFields>, "kibana.alert.status" | "kibana.alert.workflow_status">;

function isOver(fields: State): boolean {
  const states = [fields["kibana.alert.status"], fields["kibana.alert.workflow_status"]];
  return states.some((state) => /^(recovered|closed)$/i.test(state ?? ""));
}

/** Elastic's own groups of risk scores: 21 low, 47 medium, 73 high, 99 critical. */
const riskScores: [number, Severity][] = [
  [74, "CRITICAL"],
  [48, "HIGH"],
  [22, "MEDIUM"],
  [0, "LOW"],
];

/** The ids of techniques, or of a tactic that has none. */
function techniquesIn(threats: unknown): { ids: string[]; isRead: boolean } {
  const found = [isNothing(threats) ? [] : threats].flat().map((threat) => {
    const techniques = [at(threat, "technique") ?? []].flat();
    const ids = techniques.map((technique) => textOf(at(technique, "id")));
    return ids.length > 0 ? ids : [textOf(at(threat, "tactic.id"))];
  });
  const ids = found.flat();
  return { ids: ids.filter((id) => id !== null), isRead: ids.every((id) => id !== null) };
}

/**
 * The value at a path whose keys may be joined at any dot: {"a.b": {c: 1}}, {a: {"b.c": 1}} and {"a.b.c": 1} have the
 * same at a.b.c.
 */
function at(value: unknown, path: string): unknown {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const head = path.slice(0, dot);
    const inner = Object.hasOwn(value, head) ? at(value[head], path.slice(dot + 1)) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** Kibana's fields API puts each value into a list. */
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}
