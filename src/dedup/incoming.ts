import { type Actor, systemActor, type Via } from "../alert/actor.ts";
import type { Report } from "../alert/report.ts";
import type { ResolvePolicy } from "../alert/source-kind.ts";
import { ownSource } from "./own-source.ts";

/** The source of a report, as deduplication needs it. */
export interface ReportingSource {
  id: string;
  name: string;
  resolves: ResolvePolicy;
}

/** A report on its way in, with its key. */
export interface Incoming {
  source: ReportingSource;
  report: Report;
  key: Buffer;
  /** Its place among all that came in together. */
  arrival: number;
}

/** Reports of one key that say the same, in order. */
export interface Group {
  key: string;
  items: [Incoming, ...Incoming[]];
  /** Its repeats are suppressed for others only: it opens its alert. */
  unsuppressed?: true;
}

/** What became of a report. */
export type Taken =
  | { outcome: "opened" | "joined" | "resolved"; alertId: string; number: number }
  | { outcome: "ignored"; alertId?: string; number?: number };

/** Who reports; of Tocsin's own set-up Tocsin does. */
export function sourceActor(source: ReportingSource): Actor {
  if (source.id === ownSource.id) return systemActor;
  return { type: "source", id: source.id, name: source.name };
}

export function sourceVia(source: ReportingSource): Via {
  return source.id === ownSource.id ? "system" : "source";
}
