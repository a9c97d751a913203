import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import { type BrokenCause, gatherCauses } from "../gather-causes.ts";
import { readBroken } from "./read-broken.ts";

/** What is broken now, and what is on record of it: not yet, in the first moment. */
export interface StandingFault extends BrokenCause {
  record: { since: Date; alert: { id: string; number: number } | null } | null;
}

/** What is broken now, the longest first. */
export async function listFaults(db: Kysely<Tables>): Promise<StandingFault[]> {
  const [broken, records] = await Promise.all([readBroken(db).then(gatherCauses), openRecords(db)]);
  const byCause = new Map(records.map(({ cause, ...record }) => [cause, record]));
  const standing = broken.map((cause) => ({ ...cause, record: byCause.get(cause.cause) ?? null }));
  return standing.sort((a, b) => sinceOf(a) - sinceOf(b));
}

function sinceOf({ record, since }: StandingFault): number {
  return (record?.since ?? since)?.getTime() ?? Number.POSITIVE_INFINITY;
}

async function openRecords(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom("setup_faults")
    .leftJoin("alerts", "alerts.id", "alert_id")
    .select(["cause", "since", "alerts.id as alertId", "alerts.number as alertNumber"])
    .where("ended_at", "is", null)
    .execute();
  return rows.map(({ alertId, alertNumber, ...row }) => {
    const alert = alertId !== null && alertNumber !== null ? { id: alertId, number: alertNumber } : null;
    return { ...row, alert };
  });
}
