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

/** Parses one report, or an envelope with several, from JSON that `readBody` has made safe. */
export type Parser = (given: unknown, source: SourceDefaults) => ParsedItem[];

/** The first issue of a schema error; its message says what is expected. */
export function parseFailure(error: z.ZodError): ParseFailure {
  const [issue] = error.issues;
  return { ok: false, field: issue?.path.join(".") || "report", expected: issue?.message ?? "a report" };
}
