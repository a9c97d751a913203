import type { Status } from "../../src/alert/alert.ts";
import type { Disposition } from "../../src/alert/disposition.ts";

/** The users of the demo: Ada triages, Grace owns the channel. */
export type Analyst = "ada" | "grace";

/** What is done about an alert, and when. */
export type Action =
  | {
      kind: "change";
      at: Date;
      by: Analyst;
      status?: Status;
      disposition?: Disposition;
      comment?: string;
      assigns?: true;
    }
  /** The source reports that it is resolved. */
  | { kind: "resolved"; at: Date };

/** A report in the format of its source. */
export interface ToolReport {
  /** The kind of source. */
  kind: string;
  body: unknown;
  /** The body that reports the same thing as resolved, if the source does that. */
  resolvedBody?: unknown;
}

/** An alert of the demo: its report, how often the report is sent, and what is done about it. */
export interface Planned {
  at: Date;
  report: ToolReport;
  events: number;
  actions: Action[];
}
