import { z } from "zod";
import { finishReport } from "../finish-report.ts";
import { readSeverity, readTime, webAddress } from "../read-fields.ts";
import { type ParsedItem, parseFailure, type SourceDefaults } from "../source-kind.ts";

/**
 * Any field may be null. An unreadable value is ignored, because it must not lose the alert; it stays in the
 * sample.
 */
const text = z.string().trim().nullish().catch(null);

const panther = z.object(
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

/**
 * Parses Panther's custom webhook. `alertId` identifies the alert; policies may lack it and are identified by
 * title.
 */
export function parsePanther(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = panther.safeParse(given);
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
