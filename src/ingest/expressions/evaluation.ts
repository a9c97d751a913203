import type { Expressions } from "../../alert/expressions.ts";

/** What one report of a body gave for each field that has an expression. */
export interface Picked {
  /** The part of the body that the expression `reports` picked; absent without that expression. */
  event?: unknown;
  fields: { [Field in keyof Expressions]?: PickedField };
}

export interface PickedField {
  /** Undefined if the expression found nothing. */
  value?: unknown;
  /** Why the expression failed, in the words of JSONata. */
  fault?: string;
  /** Where in the expression, in UTF-16 units from its start. */
  at?: number;
  /** Only if it was asked for: the place in the report that was read last, and what it has instead if it is missing. */
  read?: { path: (string | number)[]; has?: string[] };
}

/** The expression that can't be used, why, and where in it. */
export interface BadExpression {
  field: string;
  fault: string;
  at: number;
}

/** What the thread was ended for: one report took too long, all of the body did, or it took too much memory. */
export type Death = "time" | "budget" | "memory";

export interface Job {
  expressions: Expressions;
  /** JSON text. */
  body: string;
  /** The reports in it, as JSON text, if the kind of the source has found them already. */
  reports: string | null;
  /** Skip the reports before this one. */
  from: number;
  /** Stop after one report. */
  alone: boolean;
  /** Say which places of the report were read. */
  trace: boolean;
}

/** From the thread, in this order. */
export type Answer =
  /** An expression can't be parsed. Nothing follows. */
  | { kind: "bad"; bad: BadExpression[] }
  | { kind: "loaded" }
  | { kind: "counted"; reports: number }
  /** JSON of a `Picked`. */
  | { kind: "picked"; json: string }
  | { kind: "done" }
  /** The expression `reports` failed. Nothing follows. */
  | { kind: "no-reports"; field: PickedField };

/** From the process: what the thread says, and what becomes of the thread. */
export type Message = Answer | { kind: "ready" } | { kind: "died"; of: Death };
