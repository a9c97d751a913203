import type { Report } from "../../src/alert/report.ts";
import { dedupKey } from "../../src/dedup/incoming.ts";
import type { ParsedItem, SourceDefaults, SourceKind } from "../../src/ingest/source-kind.ts";
import { parseReports } from "../../src/ingest/source-kinds.ts";
import { atOnce } from "../../src/ingest/steps.ts";
import { readRecorded } from "../read-recorded.ts";

const defaults: SourceDefaults = { name: "My source", defaultSeverity: "LOW" };

/** The items of a body, as the ingest route parses it. */
export function parse(kind: SourceKind, body: unknown, source = defaults): ParsedItem[] {
  return atOnce(parseReports(kind, body, source));
}

/** The reports of a body. Throws if one of them is invalid. */
export function reportsOf(kind: SourceKind, body: unknown): Report[] {
  return parse(kind, body).map((item) => {
    if (item.ok) return item.report;
    throw new Error(`Invalid: ${item.field} should be ${item.expected}`);
  });
}

/** The first report of a body. */
export function reportOf(kind: SourceKind, body: unknown): Report {
  const [report] = reportsOf(kind, body);
  if (!report) throw new Error("The body has no report.");
  return report;
}

/** Whether the first reports of two bodies are about the same alert, while a window lasts. */
export function sameAlert(kind: SourceKind, one: unknown, other: unknown): boolean {
  const [a, b] = [one, other].map((body) => dedupKey("source", reportOf(kind, body)).toString("hex"));
  return a === b;
}

/** A payload of `test/recorded/`. */
export function recorded(name: string) {
  return JSON.parse(readRecorded(name).toString());
}
