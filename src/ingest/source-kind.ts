import type { z } from "zod";
import type { Severity } from "../alert/alert.ts";
import type { Report } from "../alert/report.ts";

/** One report as it was understood, or the field at fault and what it should hold. */
export type ParsedItem = { ok: true; report: Report } | NotUnderstood;

export interface NotUnderstood {
  ok: false;
  field: string;
  expected: string;
}

export interface SourceDefaults {
  /** For reports whose tool names no severity that we know. */
  defaultSeverity: Severity;
}

/** Reads one report or one of the tool's envelopes, which may hold many, from JSON that `readBody` made safe. */
export type Parser = (given: unknown, source: SourceDefaults) => ParsedItem[];

/** The first thing that a schema found wrong; its message says what is expected. */
export function notUnderstood(error: z.ZodError): NotUnderstood {
  const [issue] = error.issues;
  return { ok: false, field: issue?.path.join(".") || "report", expected: issue?.message ?? "a report" };
}
