import type { z } from "zod";
import type { Severity } from "../alert/alert.ts";
import type { Report } from "../alert/report.ts";

/** A parsed report, or the invalid field and what it should contain. */
export type ParsedItem = { ok: true; report: Report } | ParseFailure;

export interface ParseFailure {
  ok: false;
  field: string;
  expected: string;
}

export interface SourceDefaults {
  /** For reports without a severity that Tocsin knows. */
  defaultSeverity: Severity;
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
  /** The tool expects `200` with this text instead of `202` with results. */
  answer?: "ok";
}

/** Parses one report, or an envelope with several, from JSON that `readBody` has made safe. */
export type Parser = (given: unknown, source: SourceDefaults) => ParsedItem[];

/** The first issue of a schema error; its message says what is expected. */
export function parseFailure(error: z.ZodError): ParseFailure {
  const [issue] = error.issues;
  return { ok: false, field: issue?.path.join(".") || "report", expected: issue?.message ?? "a report" };
}
