import { z } from "zod";
import type { Severity } from "../../alert/alert.ts";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import {
  isObject,
  optionalAddress,
  optionalObject,
  optionalTime,
  textOf,
  textsOf,
} from "../fields/read-fields.ts";
import { readObject } from "../fields/read-object.ts";
import { finishReport, windowOf } from "../finish-report.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

type JsonObject = Record<string, unknown>;

/** Datadog's security signals: from its webhooks, whose body is the user's template, or as its API shows them. */
export const datadog: SourceKind = {
  kind: "datadog",
  label: "Datadog",
  setup:
    'In Datadog, open Integrations > Webhooks and create one with the URL, this payload, and the custom headers {"X-API-Key": "the key"}. Add it to the notification rules of your security signals as @webhook-NAME.',
  config: `{"id": "$SECURITY_SIGNAL_ID", "title": "$SECURITY_SIGNAL_TITLE", "severity": "$SECURITY_SIGNAL_SEVERITY",
 "rule_id": "$SECURITY_RULE_ID", "rule_name": "$SECURITY_RULE_NAME", "message": "$SECURITY_SIGNAL_MSG",
 "attributes": $SECURITY_SIGNAL_ATTRIBUTES, "tags": "$TAGS", "host": "$HOSTNAME", "link": "$LINK", "date": "$DATE"}`,
  sample: {
    id: "AAAAA-first",
    title: "A first report",
    severity: "medium",
    rule_id: "abc-def-ghi",
    rule_name: "First rule",
    attributes: { network: { client: { ip: "203.0.113.7" } } },
    tags: "env:test,service:web",
  },
  reads: {
    identity:
      "the signal's id, else the monitor's $ALERT_CYCLE_KEY; without both, rule, title and host for 60 minutes",
    severities:
      "the signal's severity: critical, high, medium, low, info; of a monitor its priority P1 to P5",
    ends: "a monitor's transition Recovered, or the signal's triage state archived",
    fields: "title, message, rule, attributes, tags, host, link",
    retries: "waits 15 s for an answer; 5 tries after 5xx and lost connections, none after 4xx",
  },
  parse: parseDatadog,
};

function parseDatadog(given: unknown, source: SourceDefaults): ParsedItem[] {
  // The API lists signals under `data`.
  const data = isObject(given) ? given.data : undefined;
  if (Array.isArray(data) && data.length > 0)
    return data.map((one) => parseSignal(fromApi(one), one, source));
  if (isObject(data)) return [parseSignal(fromApi(data), data, source)];
  const signal = isObject(given) && isObject(given.attributes) && given.type === "signal";
  return [parseSignal(signal ? fromApi(given) : fromTemplate(given), given, source)];
}

const unreadFields = z.object({ link: optionalAddress, date: optionalTime, custom: optionalObject });

interface Signal {
  id: string | null;
  title: string | null;
  severity: string | null;
  ruleId: string | null;
  ruleName: string | null;
  message: string | null;
  tags: string[];
  host: string | null;
  /** Not yet read: what is no address, time or object has a warning. */
  unread: { link: unknown; date: unknown; custom: unknown };
  over: boolean;
  context: JsonObject;
}

function parseSignal(signal: Signal | null, given: unknown, source: SourceDefaults): ParsedItem {
  const { id, ruleId, ruleName, message } = signal ?? {};
  if (!signal || !(id ?? signal.title ?? ruleName ?? message)) return unreadable;
  const read = readObject(unreadFields, signal.unread);
  if (!read.ok) return read;
  const title = titleOf(source, signal.title, ruleName);
  const { severity, warnings } = rate(
    priorities.get(signal.severity ?? ""),
    signal.severity,
    source,
    expected,
  );
  const report = finishReport({
    says: signal.over ? "resolved" : "firing",
    title,
    severity,
    detection: ruleId || ruleName ? { id: ruleId ?? ruleName ?? "", name: ruleName ?? null } : null,
    identity: id ? { kind: "named", id } : windowOf(title, { host: signal.host }),
    tags: signal.tags,
    // Datadog marks texts that it formats with %%% lines.
    description: message?.replace(/^%%%\s*|\s*%%%$/g, ""),
    reference: read.fields.link,
    context: filled({ ...signal.context, host: signal.host }),
    occurredAt: read.fields.date,
    event: given,
  });
  return takenReport(report, [...read.warnings, ...warnings]);
}

const expected = "a severity from info to critical, or a priority from P1 to P5";
const unreadable: ParsedItem = {
  ok: false,
  field: "id",
  expected: "a security signal with its id, title or rule, as in the payload that docs/sources.md shows",
};

const priorities = new Map<string, Severity>([
  ["P1", "CRITICAL"],
  ["P2", "HIGH"],
  ["P3", "MEDIUM"],
  ["P4", "LOW"],
  ["P5", "INFO"],
]);

/** A signal as `GET /api/v2/security_monitoring/signals/{id}` shows it. */
function fromApi(given: unknown): Signal | null {
  if (!isObject(given)) return null;
  const attributes = inside(given, "attributes");
  // The signal's own attributes are called `custom` in some answers.
  const own = { ...inside(attributes, "custom"), ...inside(attributes, "attributes") };
  const rule = inside(inside(own, "workflow"), "rule");
  const triage = inside(inside(own, "workflow"), "triage");
  const [tags, service] = [textsOf(attributes.tags), textsOf(attributes.service)];
  return {
    id: textOf(given.id),
    title: textOf(own.title) ?? textOf(attributes.title),
    severity: textOf(attributes.status) ?? textOf(own.status),
    ruleId: textOf(rule.id),
    ruleName: textOf(rule.name),
    message: textOf(attributes.message),
    tags,
    host: textOf(attributes.host),
    unread: {
      link: own.link,
      date: attributes.timestamp,
      custom: attributes.custom ?? attributes.attributes,
    },
    over: textOf(triage.state) === "archived",
    context: { service, attributes: own },
  };
}

function fromTemplate(given: unknown): Signal | null {
  if (!isObject(given)) return null;
  const text = (...names: string[]) => names.map((name) => written(given[name])).find(Boolean) ?? null;
  const attributes = isObject(given.attributes) ? given.attributes : {};
  const transition = text("transition", "alert_transition") ?? "";
  return {
    id: text("id", "signal_id", "security_signal_id", "cycle_key", "alert_cycle_key"),
    title: text("title", "security_signal_title", "event_title", "alert_title"),
    severity: text("severity", "security_signal_severity", "priority", "alert_priority"),
    ruleId: text("rule_id", "security_rule_id", "alert_id"),
    ruleName: text("rule_name", "security_rule_name", "alert_title"),
    message: text("message", "security_signal_msg", "event_message", "event_msg", "body"),
    tags: [given.tags].flat().flatMap((tags) => written(tags)?.split(",") ?? []),
    host: text("host", "hostname"),
    unread: { link: text("link"), date: text("date", "last_updated"), custom: given.attributes },
    over: /recovered/i.test(transition),
    context: { attributes, transition },
  };
}

/** A text of the template; null for a variable that Datadog did not replace, because it has none for this. */
function written(value: unknown): string | null {
  const text = textOf(value);
  return text && !/^\$[A-Z_]+$/.test(text) ? text : null;
}

function inside(value: JsonObject, name: string): JsonObject {
  const inner = value[name];
  return isObject(inner) ? inner : {};
}
