import { z } from "zod";
import { finishReport } from "../finish-report.ts";
import { readSeverity, readTime, optionalText as text, webAddress } from "../read-fields.ts";
import { type ParsedItem, parseFailure, type SourceDefaults, type SourceKind } from "../source-kind.ts";

const payload = z.object(
  {
    alertId: text,
    id: text,
    name: text,
    title: text,
    severity: text,
    type: text,
    createdAt: text,
    link: text,
    description: text,
    runbook: text,
    tags: z.array(z.string()).nullish().catch(null),
    alertContext: z.record(z.string(), z.unknown()).nullish().catch(null),
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
  parse: parsePanther,
};

function parsePanther(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = payload.safeParse(given);
  if (!read.success) return [parseFailure(read.error)];
  const { alertId, id, name, severity, createdAt, link, alertContext, ...fields } = read.data;
  const title = fields.title || name || id;
  if (!title) return [{ ok: false, field: "title", expected: "a title, a name or a detection's id" }];
  const report = finishReport({
    ...fields,
    title,
    severity: readSeverity(severity) ?? source.defaultSeverity,
    detection: id ? { id, name } : null,
    identity: alertId ? { kind: "named", id: alertId } : null,
    reference: webAddress(link),
    context: alertContext,
    occurredAt: readTime(createdAt),
    event: given,
  });
  return [{ ok: true, report }];
}
