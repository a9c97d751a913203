import { type Kysely, sql } from "kysely";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Pace } from "../pace.ts";
import { appFaults } from "../slack/client/slack-fault.ts";
import type { ClaimedLine } from "./claim-line.ts";
import type { Deps } from "./deps.ts";

/** How a job ended for its line: this decides when the line opens again, and whether it has a fault. */
export type LineOutcome =
  | { kind: "used" }
  | { kind: "unused" }
  /** Used without a rate limit, which only Slack channels have. */
  | { kind: "unpaced" }
  /** Slack answered 429. */
  | { kind: "limited"; seconds: number }
  /** A passing fault: retry later. */
  | { kind: "failing"; seconds: number }
  /** A setup fault that somebody has to repair; retried from time to time. */
  | { kind: "held"; fault: string; seconds: number };

/** Releases a line if this worker still holds it. */
export async function releaseLine(
  tx: Transaction,
  { me, pace }: Pick<Deps, "me" | "pace">,
  { key, end }: { key: string; end: LineOutcome },
): Promise<void> {
  const fault = end.kind === "held" ? end.fault : null;
  const failed = end.kind === "held" || end.kind === "failing";
  await sql`
    update lines set leased_until = null, leased_by = null,
      open_at = clock_timestamp() + make_interval(secs => ${pauseSeconds(end, pace)}),
      fault = case when ${end.kind === "unused"} then fault else ${fault} end,
      fault_since = case when ${end.kind === "unused"} then fault_since
        when ${fault}::text is null then null else coalesce(fault_since, now()) end,
      faults_in_a_row = case when ${failed} then faults_in_a_row + 1
        when ${end.kind === "used" || end.kind === "unpaced"} then 0 else faults_in_a_row end
    where key = ${key} and leased_by = ${me}`.execute(tx);
}

function pauseSeconds(end: LineOutcome, pace: Pace): number {
  switch (end.kind) {
    case "used":
      return pace.message;
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

/** Renews the leases of this worker's lines. */
export async function renewLeases(
  db: Kysely<Tables>,
  { keys, me, seconds }: { keys: string[]; me: string; seconds: number },
): Promise<void> {
  await sql`
    update lines set leased_until = now() + make_interval(secs => ${seconds})
    where key = any(${keys}) and leased_by = ${me}`.execute(db);
}

/**
 * Whether this worker still holds a line, checked just before it posts: after a hang another worker may have
 * posted. Queries the database, and renews the lease, only after half of the lease.
 */
export async function stillHoldsLine(
  { db, me, pace }: { db: Pick<Database, "kysely">; me: string; pace: Pick<Pace, "lineLease"> },
  { key, claimedAt }: Pick<ClaimedLine, "key" | "claimedAt">,
): Promise<boolean> {
  if (performance.now() - claimedAt < (pace.lineLease * 1000) / 2) return true;
  const { rows } = await sql`
    update lines set leased_until = now() + make_interval(secs => ${pace.lineLease})
    where key = ${key} and leased_by = ${me} returning key`.execute(db.kysely);
  return rows.length > 0;
}

/**
 * Opens the lines of an installation whose app works again: clears app faults, and sends waiting jobs at
 * once. Faults of a channel stay until the channel works.
 */
export async function openLines(tx: Transaction, installationId: string): Promise<void> {
  const ofApp = sql`(fault = any(${appFaults}) or fault like 'http\\_%')`;
  await sql`
    update lines set faults_in_a_row = 0, open_at = now(),
      fault = case when ${ofApp} then null else fault end,
      fault_since = case when ${ofApp} then null else fault_since end
    where installation_id = ${installationId} and fault is not null`.execute(tx);
}

/**
 * Creates the line of a channel, or updates its fault to the one just seen (null: none). Returns the line's
 * key. A line in use keeps its rate.
 */
export async function ensureLine(
  tx: Transaction,
  line: { installationId: string; channelId: string; fault: string | null },
): Promise<string> {
  const { installationId, channelId, fault } = line;
  const key = `${installationId}:${channelId}`;
  await sql`
    insert into lines (key, installation_id, channel_id, fault, fault_since)
    values (${key}, ${installationId}, ${channelId}, ${fault}, case when ${fault}::text is null then null else now() end)
    on conflict (key) do update set fault = excluded.fault, fault_since = excluded.fault_since,
      faults_in_a_row = 0,
      open_at = case when excluded.fault is null then now() else lines.open_at end
    where lines.fault is distinct from excluded.fault`.execute(tx);
  return key;
}
