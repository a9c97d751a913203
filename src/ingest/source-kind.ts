import type { z } from "zod";
import type { Severity } from "../alert/alert.ts";
import type { Report } from "../alert/report.ts";

/** A parsed report, or the invalid field and what it should contain. */
export type ParsedItem = { ok: true; report: Report; warnings?: Warning[] } | ParseFailure;

/** What was not understood in a report that was taken, and what would be right. */
export interface Warning {
  field: string;
  expected: string;
  /** The source's default severity applies: the word that is not known, or null if there is none. */
  unknownSeverity?: string | null;
}

export interface ParseFailure {
  ok: false;
  field: string;
  expected: string;
}

export interface SourceDefaults {
  /** For reports without a severity that Tocsin knows. */
  defaultSeverity: Severity;
  /** The source's own words for severities; case, spaces and hyphens don't matter. */
  severityWords?: Readonly<Record<string, Severity>>;
  /** The title of a report that has none, and no detection either. */
  name?: string;
}

/**
 * A kind of source, described once, in `sources/<kind>.ts`. The API, the Console, the demo and the tests draw on it, so
 * a new kind is that file and a line in `source-kinds.ts`.
 */
export interface SourceKind {
  /** In the API and the database, so it can't change. Also the name of its section in docs/sources.md. */
  kind: string;
  /** The name of the tool, for people. */
  label: string;
  /** What to do in the tool, in one to three sentences of plain text. */
  setup: string;
  /** What to enter there, if it can be copied. `{url}` and `{key}` stand for those of the source. */
  config?: string;
  /** One report as the tool sends it, with which people try a source. Above INFO, because INFO alerts start resolved. */
  sample: unknown;
  parse: Parser;
  /** The tool can't set a header, so its key may also be in the URL: `?key=`. */
  keyInQuery?: true;
  /** Finds the JSON in a body that is not JSON; null if the body is JSON already. */
  readForm?: (text: string) => string | null;
  /** The tool's own setting for the number of reports in one request, for the answer to a body that is too large. */
  sizeSetting?: string;
  /** The tool expects `200` with this text instead of `202` with results. */
  answer?: "ok";
}

/** Parses one report, or an envelope with several, from JSON that `readBody` has made safe. */
export type Parser = (given: unknown, source: SourceDefaults) => ParsedItem[];

/** A report that was taken, with what was not understood in it. */
export function takenReport(report: Report, warnings: readonly (Warning | null)[]): ParsedItem {
  const found = warnings.filter((warning) => warning !== null);
  return { ok: true, report, ...(found.length > 0 && { warnings: found }) };
}

/** The first text that says something, else the source's name. */
export function titleOf(source: SourceDefaults, ...texts: (string | null | undefined)[]): string {
  return texts.find(Boolean) ?? (source.name || "A report without a title");
}

/** The first issue of a schema error; its message says what is expected. */
export function parseFailure(error: z.ZodError): ParseFailure {
  const [issue] = error.issues;
  return { ok: false, field: issue?.path.join(".") || "report", expected: issue?.message ?? "a report" };
}
