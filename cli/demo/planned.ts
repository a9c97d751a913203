import type { Status } from "../../src/alert/alert.ts";
import type { SourceKind } from "../../src/alert/report.ts";

/** Who is at the Console in this demo: Ada triages, Grace owns the channel. */
export type Analyst = "ada" | "grace";

/** What becomes of an alert, and when. */
export type Deed =
  | { kind: "change"; at: Date; by: Analyst; status?: Status; comment?: string; takes?: true }
  /** Its source says that it is over. */
  | { kind: "over"; at: Date };

/** A report in the words of its source. */
export interface Told {
  kind: SourceKind;
  body: Record<string, unknown>;
  /** The same body once the thing is over, for sources that tell. */
  over?: Record<string, unknown>;
}

/** One alert of the demo: what its source says, how often, and what people do about it. */
export interface Planned {
  at: Date;
  told: Told;
  events: number;
  deeds: Deed[];
}
