import { z } from "zod";
import {
  anyValue,
  optionalAddress,
  optionalObject,
  optionalTexts,
  optionalTime,
  severityOf,
  optionalText as text,
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

const payload = z.object(
  {
    alertId: text,
    id: text,
    name: text,
    title: text,
    severity: anyValue,
    type: text,
    createdAt: optionalTime,
    link: optionalAddress,
    description: text,
    runbook: text,
    tags: optionalTexts,
    alertContext: optionalObject,
  },
  "the object that Panther's custom webhook sends",
);

/** Panther's custom webhook. `alertId` identifies the alert; policies may lack it and are identified by title. */
export const panther: SourceKind = {
  kind: "panther",
  label: "Panther",
  setup:
    "In Panther, choose Alert Destinations > Create New > Custom Webhook. Enter the URL as Custom Webhook URL, and under custom headers X-API-Key with the key.",
  sample: {
    id: "Example.Rule",
    alertId: "example-1",
    title: "A first report",
    severity: "LOW",
    type: "RULE",
    alertContext: {},
  },
  reads: {
    identity: "alertId; without it, the title, for 60 minutes",
    severities: "severity; the usual words",
    ends: "nothing; Panther doesn't send changes of status",
    fields: "title, name, id, type, link, description, runbook, tags, alertContext",
    retries: "10 tries, until it gets a 2xx",
  },
  parse: parsePanther,
};

function parsePanther(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = readObject(payload, given);
  if (!read.ok) return [read];
  const { alertId, id, name, createdAt, link, alertContext, ...fields } = read.fields;
  const { severity, warning } = severityOf(fields.severity, source);
  const report = finishReport({
    ...fields,
    title: titleOf(source, fields.title, name, id),
    severity,
    detection: id ? { id, name } : null,
    identity: alertId ? { kind: "named", id: alertId } : null,
    reference: link,
    context: alertContext,
    occurredAt: createdAt,
    event: given,
  });
  return [takenReport(report, [...read.warnings, warning])];
}
