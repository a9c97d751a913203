import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Severity } from "../../alert/alert.ts";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import {
  firstLine,
  isObject,
  optionalObject,
  optionalTexts,
  optionalText as text,
  textOf,
} from "../fields/read-fields.ts";
import { readObject } from "../fields/read-object.ts";
import { finishReport, windowOf } from "../finish-report.ts";
import {
  type ParsedItem,
  type ReportResult,
  type RequestFacts,
  type SourceDefaults,
  type SourceKind,
  type ToolAnswer,
  takenReport,
  titleOf,
} from "../source-kind.ts";

const expected = "an alert of Opsgenie's Alert API with message or alias";
const alert = z.object(
  {
    message: text,
    alias: text,
    description: text,
    priority: text,
    entity: text,
    source: text,
    user: text,
    note: text,
    tags: optionalTexts,
    details: optionalObject,
  },
  expected,
);

/** Opsgenie's Alert API: creating an alert, and closing it by its alias, which identifies it. */
export const opsgenie: SourceKind = {
  kind: "opsgenie",
  label: "Opsgenie Alert API",
  setup:
    "Where the tool asks for the URL of Opsgenie's API, enter this address; the tool adds /v2/alerts. Enter the key as API key. This is Alertmanager's receiver.",
  config: `receivers:
  - name: tocsin
    opsgenie_configs:
      - api_url: {url}/
        api_key: {key}
        priority: '{{ if eq .CommonLabels.severity "critical" }}P1{{ else }}P3{{ end }}'`,
  sample: { message: "A first report", alias: "first-1", priority: "P3", entity: "web-1", tags: ["first"] },
  reads: {
    identity: "alias; without it, message, entity and source, for 60 minutes",
    severities: "priority: P1 CRITICAL, P2 HIGH, P3 MEDIUM, P4 LOW, P5 INFO",
    ends: "closing by alias, at /v2/alerts/ALIAS/close?identifierType=alias; other actions are taken and change nothing",
    fields: "message, description, tags, details, entity, source, user, note",
    retries: "most clients try again after 429 and 5xx; the answer is Opsgenie's",
  },
  parse: parseOpsgenie,
  paths: ["/v2/alerts", "/v2/alerts/:identifier/:action"],
  keyScheme: "GenieKey",
  fromRequest: fromAction,
  answer: answerAsOpsgenie,
};

/** What an action says: as Opsgenie's own webhooks write it, `{action, alert}`. */
function fromAction(body: string, { params }: RequestFacts): string | null {
  const { identifier, action } = params;
  if (identifier === undefined || action === undefined) return null;
  const head = JSON.stringify({ action, alert: { alias: identifier } });
  return body.trim() ? `${head.slice(0, -1)},"request":${body}}` : head;
}

function parseOpsgenie(given: unknown, source: SourceDefaults): ParsedItem[] {
  const { action, alert: inner } =
    isObject(given) && isObject(given.alert) ? given : { action: "create", alert: given };
  const verb = textOf(action)?.toLowerCase() ?? "";
  const read = readObject(alert, inner);
  if (!read.ok) return [read];
  if (otherActions.has(verb)) return [otherAction];
  const { message, alias, description, priority, tags, details, ...about } = read.fields;
  if (!isObject(inner) || !("message" in inner || "alias" in inner))
    return [{ ok: false, field: "message", expected }];
  const { severity, warnings } = rate(
    priorities.get(priority?.toUpperCase() ?? ""),
    priority,
    source,
    "P1 to P5",
  );
  const title = titleOf(source, firstLine(message), alias);
  const report = finishReport({
    says: verb === "close" ? "resolved" : "firing",
    title,
    severity,
    identity: alias
      ? { kind: "named", id: alias }
      : windowOf(title, { entity: about.entity, source: about.source }),
    tags,
    description,
    context: filled({ ...about, ...details }),
    event: given,
  });
  if (verb === "close") return [takenReport(report, read.warnings)];
  const unknown =
    verb === "create" ? null : { field: "action", expected: "create or close; it was read as create" };
  return [takenReport(report, [unknown, ...read.warnings, ...warnings])];
}

/** Of Opsgenie's API and webhooks, such as "notes" and "AddNote". */
const otherActions = new Set(
  "acknowledge unacknowledge unack snooze snoozeended escalate escalatenext assign assignownership takeownership notes addnote tags addtags removetags details addrecipient addresponder responders addteam actions executecustomaction message updatemessage description updatedescription priority updatepriority delete attachments seen".split(
    " ",
  ),
);

const otherAction: ParsedItem = {
  ok: false,
  ignored: true,
  field: "action",
  expected: "create or close; other actions change nothing, because people triage in Tocsin",
};

const priorities = new Map<string, Severity>([
  ["P1", "CRITICAL"],
  ["P2", "HIGH"],
  ["P3", "MEDIUM"],
  ["P4", "LOW"],
  ["P5", "INFO"],
]);

function answerAsOpsgenie(results: ReportResult[]): ToolAnswer {
  const requestId = randomUUID();
  if (results.every(({ outcome }) => outcome === "invalid")) {
    const errors = Object.fromEntries(
      results.map(({ field = "body", expected }) => [field, `should be ${expected}`]),
    );
    const message = "Request body is not processable. Please check the errors.";
    return { status: 422, body: { message, errors, took: 0, requestId } };
  }
  return { status: 202, body: { result: "Request will be processed", took: 0, requestId } };
}
