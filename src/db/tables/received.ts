import type { Generated, JSONColumnType } from "kysely";
import type { BodyOutcome, SourceFault } from "../../alert/report.ts";
import type { MaybeTime } from "./columns.ts";

/** What sources sent: bodies that are kept, how many came, and which sources need attention. */
export interface ReceivedTables {
  source_bodies: {
    id: string;
    source_id: string;
    hash: Buffer;
    first_at: Date;
    last_at: Date;
    times: Generated<number>;
    outcome: BodyOutcome;
    outcomes: string;
    unknown_words: string[];
    results: JSONColumnType<object[]>;
    content_type: string | null;
    bytes: number;
    body: Buffer | null;
    size: number;
    replays: Generated<number>;
    replayed_at: MaybeTime;
  };
  source_activity: { source_id: string; at: Date; taken: number; refused: number; last_at: Date };
  source_faults: {
    id: string;
    source_id: string;
    fault: SourceFault;
    since: Date;
    alert_id: string | null;
    ended_at: MaybeTime;
  };
}
