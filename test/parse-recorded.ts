import type { Report } from "../src/alert/report.ts";
import type { SourceKind, Warning } from "../src/ingest/source-kind.ts";
import { readRecorded } from "./read-recorded.ts";

type Read = Pick<Report, "says" | "title" | "severity" | "identity"> &
  Partial<Report> & { warnings: Warning[] };

/** The reports of a body, as a source with the default severity MEDIUM reads it. Throws for one that is not understood. */
export function reportsOf({ parse }: SourceKind, body: unknown): Read[] {
  return parse(body, { name: "My source", defaultSeverity: "MEDIUM" }).map((item) => {
    if (!item.ok) throw new Error(`${item.field} should be ${item.expected}`);
    return { ...item.report, warnings: item.warnings ?? [] };
  });
}

/** The JSON of a recorded payload. */
export function recorded(name: string) {
  return JSON.parse(readRecorded(name).toString());
}
