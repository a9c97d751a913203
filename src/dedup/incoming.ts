import type { Actor } from "../alert/actor.ts";
import type { Report } from "../alert/report.ts";
import type { ResolvePolicy } from "../alert/source-kind.ts";

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
}

/** What became of a report. */
export type Taken =
  | { outcome: "opened" | "joined" | "resolved"; alertId: string; number: number }
  | { outcome: "ignored"; alertId?: string; number?: number };

export function sourceActor(source: ReportingSource): Actor {
  return { type: "source", id: source.id, name: source.name };
}
