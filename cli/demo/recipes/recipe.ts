import type { Severity } from "../../../src/alert/alert.ts";
import type { Disposition } from "../../../src/alert/disposition.ts";
import type { ToolReport } from "../planned.ts";

/** One time that a detection fires: when, and the random choices for its report. */
export interface Occurrence {
  at: Date;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** A random integer, both ends included. */
  integer(from: number, to: number): number;
  /** A random IP address from the ranges that are reserved for documentation (RFC 5737). */
  ipAddress(): string;
}

/** How people close an alert: the disposition and the comment. */
export type Ending = readonly [Exclude<Disposition, "DUPLICATE">, string];

/** A detection of the demo: its reports, how often it fires, and how its alerts are closed. */
export interface Recipe {
  severity: Severity;
  perWeek: number;
  /** The highest number of events in one of its alerts. */
  maxEvents: number;
  makeReport(occurrence: Occurrence): ToolReport;
  /** Empty if its source reports it as resolved. */
  endings: readonly Ending[];
}

export const people = ["eve@acme.example", "mallory@acme.example", "grace@acme.example"] as const;
export const laptops = ["lap-eve", "lap-mallory", "lap-ada", "lap-ops-07"] as const;

/** Fields of the native kind that every recipe fills in. */
export interface Native {
  title: string;
  severity: Severity;
  detection: { id: string; name: string };
  logTypes: string[];
  tags: string[];
  description: string;
  runbook: string;
  context: Record<string, unknown>;
  reports?: Record<string, string[]>;
  reference?: string;
  type?: "RULE" | "SCHEDULED_RULE" | "CORRELATION_RULE";
}

/** A report of the native kind about an event of a few seconds ago. */
export function native({ at }: Occurrence, fields: Native): ToolReport {
  const firstEventOccurredAt = new Date(at.getTime() - 8_000).toISOString();
  return { kind: "native", body: { ...fields, firstEventOccurredAt } };
}

/** A report's ids of MITRE ATT&CK techniques. */
export function attack(...techniques: string[]): Record<string, string[]> {
  return { "MITRE ATT&CK": techniques };
}
