import { createHash } from "node:crypto";
import { z } from "zod";
import type { DedupIdentity } from "../../alert/report.ts";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import {
  anyValue,
  firstLine,
  isObject,
  optionalAddress,
  optionalTime,
  optionalText as text,
  textOf,
  webAddress,
} from "../fields/read-fields.ts";
import { optionalFields, readObject } from "../fields/read-object.ts";
import { defaultPeriodMinutes, finishReport } from "../finish-report.ts";
import {
  type ParsedItem,
  type ReportResult,
  type SourceDefaults,
  type SourceKind,
  type ToolAnswer,
  takenReport,
  titleOf,
} from "../source-kind.ts";

const payload = optionalFields({
  summary: text,
  source: text,
  severity: text,
  timestamp: optionalTime,
  component: text,
  group: text,
  class: text,
  custom_details: anyValue,
});

const event = z.object(
  {
    event_action: text,
    dedup_key: text,
    client: text,
    client_url: optionalAddress,
    links: anyValue,
    payload,
  },
  "an event of PagerDuty's Events API v2",
);
type PagerDutyEvent = z.infer<typeof event>;

/** What tools send to PagerDuty's Events API v2. They prove themselves by `routing_key`, which holds the source's key. */
export const pagerdutyEvents: SourceKind = {
  kind: "pagerduty-events",
  label: "PagerDuty Events API v2",
  setup:
    "Where the tool asks for the URL of PagerDuty's Events API, enter the address, with /v2/enqueue if it expects that path. Enter the key as integration key or routing key. This is Alertmanager's receiver.",
  config: `receivers:
  - name: tocsin
    pagerduty_configs:
      - url: {url}/v2/enqueue
        routing_key: {key}`,
  sample: {
    event_action: "trigger",
    dedup_key: "first-1",
    client: "curl",
    payload: { summary: "A first report", source: "web-1", severity: "warning", class: "first rule" },
  },
  reads: {
    identity: "dedup_key; without it, summary, source, component, group and class, for 60 minutes",
    severities:
      "payload.severity: critical CRITICAL, error HIGH, warning MEDIUM, info INFO; also the usual words",
    ends: "event_action resolve; acknowledge is taken and changes nothing",
    fields: "summary, class as detection, source, component, group, custom_details, client_url, links",
    retries: "most clients try again after 429 and 5xx; the answer is PagerDuty's, with the dedup_key",
  },
  parse: parsePagerDuty,
  paths: ["/v2/enqueue"],
  keyField: "routing_key",
  answer: answerAsPagerDuty,
};

function parsePagerDuty(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = readObject(event, given);
  if (!read.ok) return [read];
  const { event_action, dedup_key, client, client_url, links, payload } = read.fields;
  const action = event_action?.toLowerCase() ?? "trigger";
  if (action === "acknowledge") return [acknowledged];
  if (action === "resolve" && !dedup_key)
    return [{ ok: false, field: "dedup_key", expected: "the dedup_key of the event that is over" }];
  if (!dedup_key && Object.values(payload).every((value) => value === null || value === undefined))
    return [{ ok: false, field: "payload", expected: "an object with summary, source and severity" }];
  const { summary, custom_details, severity: word, timestamp, ...about } = payload;
  const { severity, warnings } = rate(null, word, source, "critical, error, warning or info");
  const { detection, identity } = identify(read.fields);
  const report = finishReport({
    says: action === "resolve" ? "resolved" : "firing",
    title: titleOf(source, firstLine(summary), about.class, dedup_key),
    severity,
    detection,
    identity,
    description: summary?.includes("\n") ? summary : textOf(custom_details),
    reference: client_url ?? linksIn(links)[0],
    context: filled({
      ...about,
      client,
      links: linksIn(links).slice(0, 10),
      ...(isObject(custom_details) ? custom_details : { custom_details }),
    }),
    occurredAt: timestamp,
    event: withoutKey(given),
  });
  // A resolve has no payload, so its severity is no guess.
  if (action === "resolve") return [takenReport(report, read.warnings)];
  const unknown = action === "trigger" ? null : unknownAction;
  return [takenReport(report, [unknown, ...read.warnings, ...warnings])];
}

const unknownAction = {
  field: "event_action",
  expected: "trigger, acknowledge or resolve; it was read as trigger",
};

const acknowledged: ParsedItem = {
  ok: false,
  ignored: true,
  field: "event_action",
  expected: "trigger or resolve; acknowledging changes nothing, because people triage in Tocsin",
};

interface Identified {
  detection: { id: string } | null;
  identity: DedupIdentity;
}

/**
 * PagerDuty makes a key for a trigger without one, answers it, and takes it in a later resolve. Ours says what the
 * window is about, so that nothing has to be remembered.
 */
function identify({ dedup_key, payload }: PagerDutyEvent): Identified {
  const own = dedup_key ? /^(tocsin-[\w-]{22})-(.*)$/s.exec(dedup_key) : null;
  const [, ownKey, ownClass] = own ?? [];
  const rule = ownKey ? ownClass : payload.class;
  const detection = rule ? { id: rule } : null;
  if (dedup_key && !ownKey) return { detection, identity: { kind: "named", id: dedup_key } };
  const dedupString = ownKey ?? `tocsin-${digest(payload)}`;
  return { detection, identity: { kind: "windowed", dedupString, periodMinutes: defaultPeriodMinutes } };
}

function digest({ summary, source, component, group, class: kind }: PagerDutyEvent["payload"]): string {
  const about = JSON.stringify([summary, source, component, group, kind]);
  return createHash("sha256").update(about).digest("base64url").slice(0, 22);
}

function answerAsPagerDuty(results: ReportResult[], body: unknown): ToolAnswer {
  const wrong = results.filter(({ outcome }) => outcome === "invalid");
  if (wrong.length > 0 && wrong.length === results.length) {
    const errors = wrong.map(({ field, expected }) => `'${field}' should be ${expected}`);
    return { status: 400, body: { status: "invalid event", message: "Event object is invalid", errors } };
  }
  const read = event.safeParse([body].flat()[0]);
  return {
    status: 202,
    body: { status: "success", message: "Event processed", dedup_key: read.success ? keyOf(read.data) : "" },
  };
}

function keyOf(read: PagerDutyEvent): string {
  const { detection, identity } = identify(read);
  if (read.dedup_key || identity.kind === "named") return read.dedup_key ?? "";
  return `${identity.dedupString}-${detection?.id ?? ""}`;
}

function linksIn(links: unknown): string[] {
  return [links].flat().flatMap((link) => (isObject(link) ? (webAddress(textOf(link.href)) ?? []) : []));
}

/** The key must not be in the sample event. */
function withoutKey(given: unknown): unknown {
  if (!isObject(given)) return given;
  const { routing_key, ...rest } = given;
  return rest;
}
