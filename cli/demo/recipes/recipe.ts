import type { Severity } from "../../../src/alert/alert.ts";
import type { Told } from "../planned.ts";

/** What is different each time a detection fires. */
export interface Turn {
  at: Date;
  one<T>(list: readonly [T, ...T[]]): T;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  /** An address from the ranges that are kept for documentation (RFC 5737). */
  address(): string;
}

/** How people close an alert: what they set, and what they say. */
export type Ending = readonly ["RESOLVED" | "CLOSED", string];

/** A detection of the demo: how its alerts look, how often they come, and how they use to end. */
export interface Recipe {
  severity: Severity;
  timesAWeek: number;
  /** The most events that one alert of it gathers. */
  mostEvents: number;
  tell(turn: Turn): Told;
  /** None: its source says when it is over. */
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

/** A report of the native kind, which happened a few seconds before it was reported. */
export function native({ at }: Turn, fields: Native): Told {
  const firstEventOccurredAt = new Date(at.getTime() - 8_000).toISOString();
  return { kind: "native", body: { ...fields, firstEventOccurredAt } };
}

/** The ids of MITRE ATT&CK techniques, under the name by which reports call the framework. */
export function attack(...techniques: string[]): Record<string, string[]> {
  return { "MITRE ATT&CK": techniques };
}
