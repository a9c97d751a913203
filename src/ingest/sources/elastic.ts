import type { Severity } from "../../alert/alert.ts";
import { finishReport, windowOf } from "../finish-report.ts";
import { filled } from "../loose-fields.ts";
import { byThreshold, rate } from "../own-scale.ts";
import { firstLine, isObject, readSeverity, readTime, textOf, textsOf, webAddress } from "../read-fields.ts";
import { type ParsedItem, type SourceDefaults, type SourceKind, takenReport, titleOf } from "../source-kind.ts";

type JsonObject = Record<string, unknown>;

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
  if (!isObject(given)) return [unreadable];
  const envelope = "alerts" in given ? given : {};
  const found = "alerts" in given ? alertsIn(given.alerts) : alertsIn(given);
  // A template without alerts, for example of a rule that found nothing to list.
  if (found.length === 0) found.push({ alert: {}, over: false });
  return found.map((one) => parseAlert({ ...one, envelope, given }, source));
}

interface Found {
  alert: JsonObject;
  /** Its list is that of the alerts that are over. */
  over: boolean;
}

/** The alerts of a list, of a summary by state, or a single one. The last entry of our template's list is empty. */
function alertsIn(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(alertsIn);
  if (!isObject(value)) return [];
  const states = ["new", "ongoing", "recovered"].filter((state) => isObject(value[state]));
  if (states.length > 0)
    return states.flatMap((state) =>
      alertsIn(at(value, `${state}.data`)).map(({ alert }) => ({ alert, over: state === "recovered" })),
    );
  const alert = isObject(value._source) ? value._source : value;
  return Object.keys(alert).length > 0 ? [{ alert, over: false }] : [];
}

interface Parsed extends Found {
  envelope: JsonObject;
  given: unknown;
}

function parseAlert({ alert, over, envelope, given }: Parsed, source: SourceDefaults): ParsedItem {
  const ofAlert = (path: string) => at(alert, `kibana.alert.${path}`);
  const ofRule = (path: string) =>
    textOf(first(ofAlert(`rule.${path}`))) ??
    textOf(at(envelope, `rule.${path}`)) ??
    textOf(at(alert, `rule.${path}`));
  const uuid = textOf(first(ofAlert("uuid")));
  const ruleName = ofRule("name");
  const ruleId = ofRule("rule_id") ?? ofRule("uuid") ?? ofRule("id") ?? ruleName;
  const reason = textOf(first(ofAlert("reason")));
  if (!uuid && !ruleId && !reason) return unreadable;
  const title = titleOf(source, ruleName, firstLine(reason), ruleId);
  const risk = textOf(first(ofAlert("risk_score"))) ?? ofRule("risk_score");
  const word = textOf(first(ofAlert("severity"))) ?? ofRule("severity");
  const own = readSeverity(word) ?? byThreshold(risk, riskScores);
  const { severity, warnings } = rate(own, word, source, "a severity from low to critical, or a risk score");
  const report = finishReport({
    says: over || isOver(ofAlert) ? "resolved" : "firing",
    title,
    severity,
    detection: ruleId ? { id: ruleId, name: ruleName } : null,
    identity: uuid ? { kind: "named", id: uuid } : windowOf(title, { reason }),
    logTypes: textsOf(at(alert, "event.dataset")),
    tags: textsOf(ofAlert("rule.tags")),
    reports: techniques(ofAlert("rule.threat")),
    description: reason ?? ofRule("description"),
    runbook: ofRule("note"),
    reference: webAddress(textOf(first(ofAlert("url"))) ?? textOf(envelope.results_link)),
    context: contextOf(alert, risk),
    occurredAt: readTime(textOf(first(ofAlert("original_time"))) ?? textOf(first(at(alert, "@timestamp")))),
    event: Object.keys(alert).length > 0 ? alert : given,
  });
  return takenReport(report, warnings);
}

const unreadable: ParsedItem = {
  ok: false,
  field: "kibana.alert.uuid",
  expected: "an alert of Kibana's, with its uuid, rule or reason",
};

function isOver(ofAlert: (path: string) => unknown): boolean {
  const states = ["status", "workflow_status"].map((path) => textOf(first(ofAlert(path)))?.toLowerCase());
  return states.some((state) => state === "recovered" || state === "closed");
}

/** Elastic's own groups of risk scores: 21 low, 47 medium, 73 high, 99 critical. */
const riskScores: [number, Severity][] = [
  [74, "CRITICAL"],
  [48, "HIGH"],
  [22, "MEDIUM"],
  [0, "LOW"],
];

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

function contextOf(alert: JsonObject, riskScore: string | null): JsonObject {
  const fields = contextPaths.map((path) => [path, first(at(alert, path))]);
  return filled({ ...Object.fromEntries(fields), riskScore });
}

/** The ids of techniques, and of the tactics that have none. */
function techniques(threats: unknown): Record<string, string[]> {
  const ids = [threats].flat().flatMap((threat) => {
    if (!isObject(threat)) return [];
    const named = [threat.technique].flat().flatMap((technique) => textsOf(at(technique, "id")));
    return named.length > 0 ? named : textsOf(at(threat, "tactic.id"));
  });
  return ids.length > 0 ? { "MITRE ATT&CK": ids } : {};
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
function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}
