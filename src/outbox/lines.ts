import { type Kysely, sql } from "kysely";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";

/** How a line is left: when its gate opens again, and the fault that keeps it shut, if one does. */
export type LineEnd =
  | { kind: "used" }
  | { kind: "unused" }
  /** Used, and it needs no rest: only Slack's channels have a rate. */
  | { kind: "unpaced" }
  /** Slack said "slow down". */
  | { kind: "limited"; seconds: number }
  /** Something passes: try again later. */
  | { kind: "failing"; seconds: number }
  /** Somebody has to put something right; tried again from time to time. */
  | { kind: "held"; fault: string; seconds: number };

/** Slack takes one message per second per channel; a tenth more, so that jitter never makes it less. */
export const messageIntervalSeconds = 1.1;

/** Gives the line back, if it is still ours. */
export async function releaseLine(
  tx: Transaction,
  { key, me, end }: { key: string; me: string; end: LineEnd },
): Promise<void> {
  const fault = end.kind === "held" ? end.fault : null;
  const failed = end.kind === "held" || end.kind === "failing";
  await sql`
    update lines set leased_until = null, leased_by = null,
      open_at = clock_timestamp() + make_interval(secs => ${pause(end)}),
      fault = case when ${end.kind === "unused"} then fault else ${fault} end,
      fault_since = case when ${end.kind === "unused"} then fault_since
        when ${fault}::text is null then null else coalesce(fault_since, now()) end,
      faults_in_a_row = case when ${failed} then faults_in_a_row + 1
        when ${end.kind === "used" || end.kind === "unpaced"} then 0 else faults_in_a_row end
    where key = ${key} and leased_by = ${me}`.execute(tx);
}

function pause(end: LineEnd): number {
  switch (end.kind) {
    case "used":
      return messageIntervalSeconds;
    case "unused":
    case "unpaced":
      return 0;
    case "limited":
    case "failing":
    case "held":
      return end.seconds;
    default:
      return end satisfies never;
  }
}

/** Tells the database that this worker still lives; its lines stay its own. */
export async function renewLeases(
  db: Kysely<Tables>,
  { keys, me, seconds }: { keys: string[]; me: string; seconds: number },
): Promise<void> {
  await sql`
    update lines set leased_until = now() + make_interval(secs => ${seconds})
    where key = any(${keys}) and leased_by = ${me}`.execute(db);
}
