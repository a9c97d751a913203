import type { Database } from "../../db/connect.ts";
import { openLane } from "../../db/intake-transaction.ts";
import { type GroupCommit, groupCommit } from "../../ingest/group-commit.ts";
import { isBadData } from "../../ingest/is-bad-data.ts";
import { type IngestRequest, type RequestTaken, takeRequests } from "../../ingest/intake.ts";

export type Intake = GroupCommit<IngestRequest, RequestTaken>;

/** Two transactions at a time keep the database busy; more would only make the groups smaller. */
const lanes = 2;
/** A longer transaction lets all others wait, a CRITICAL alert among them, and holds all its rows in memory. */
const mostReportsInGroup = 500;

/** Commits what sources report, many requests together. `taken` hears which alerts each commit was about. */
export function openIntake(db: Database, taken: (alertIds: string[]) => void): Intake {
  return groupCommit(
    Array.from({ length: lanes }, () => {
      const lane = openLane(db);
      return async (group: IngestRequest[]) => {
        const results = await lane.transaction((both) => takeRequests(both, group));
        taken(results.flatMap(alertIds));
        return results;
      };
    }),
    { most: mostReportsInGroup, weight: ({ reports }) => reports.length, isBadData },
  );
}

function alertIds(taken: RequestTaken): string[] {
  return taken.kind === "taken" ? taken.results.flatMap(({ alertId }) => alertId ?? []) : [];
}
