import { setTimeout as sleep } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Pace } from "../pace.ts";
import { appFaults, channelDeleted } from "../slack/client/slack-fault.ts";
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
  /** Slack refused a message with a code that Tocsin doesn't know, as those before it; the line goes on with the next. */
  | { kind: "refused"; code: string; inARow: readonly string[] }
  /** A setup fault that somebody has to repair; retried from time to time. */
  | { kind: "held"; fault: string; seconds: number };

/** A claim of a line, as `ClaimedLine` has it. */
export type LineClaim = Pick<ClaimedLine, "key" | "lease" | "repairs" | "fault">;

/**
 * SQL: what a claim observed is older than a judgement of its line. A message that Slack accepted shows all the same that
 * the fault is over which the claim met: others may have opened the line meanwhile for just this attempt.
 */
export function isOutdated({ repairs, fault }: Pick<LineClaim, "repairs" | "fault">, worked: boolean) {
  return sql`(repairs > ${repairs} and not (${worked} and coalesce(fault = ${fault}::text, false)))`;
}

/**
 * Releases a line if this claim still holds it. What was posted or refused before the line was judged again neither
 * ends nor sets its fault, and only what Slack accepted or refused says anything about it.
 */
export async function releaseLine(
  tx: Transaction,
  { pace }: Pick<Deps, "pace">,
  claim: LineClaim,
  end: LineOutcome,
): Promise<void> {
  const { key, lease } = claim;
  const fault = end.kind === "held" ? end.fault : null;
  const failed = end.kind === "held" || end.kind === "failing";
  const worked = end.kind === "used" || end.kind === "unpaced";
  const refusal = end.kind === "refused" ? end : null;
  const outdated = isOutdated(claim, worked);
  const tells = worked || refusal !== null || end.kind === "held";
  const next = sql`(case when not ${tells} or ${outdated} then fault
    when ${fault}::text = 'channel_not_found' and fault = ${channelDeleted} then fault else ${fault} end)`;
  await sql`
    update lines set leased_until = null, leased_by = null,
      open_at = case when ${failed} and ${outdated} then now()
        else clock_timestamp() + make_interval(secs => ${pauseSeconds(end, pace)}) end,
      fault = ${next}, repairs = repairs + case when fault is distinct from ${next} then 1 else 0 end,
      fault_since = case when ${next} is null then null else coalesce(fault_since, now()) end,
      faults_in_a_row = case when ${outdated} then faults_in_a_row when ${failed} then faults_in_a_row + 1
        when ${worked || refusal !== null} then 0 else faults_in_a_row end,
      refused_ids = case when ${worked} then '{}' else coalesce(${refusal?.inARow ?? null}::uuid[], refused_ids) end,
      refused_code = case when ${worked} then null else coalesce(${refusal?.code ?? null}, refused_code) end
    where key = ${key} and leased_by = ${lease}`.execute(tx);
}

/**
 * How often a line's fault was set or ended, and locks the line. What was observed at another number is outdated.
 * Null: no such line.
 */
export async function lockRepairs(tx: Transaction, key: string): Promise<number | null> {
  const { rows } = await sql<{ repairs: number }>`
    select repairs from lines where key = ${key} for no key update`.execute(tx);
  return rows[0]?.repairs ?? null;
}

/** As `lockRepairs`, before something is observed. */
export async function readRepairs(db: Kysely<Tables>, key: string): Promise<number | null> {
  const { rows } = await sql<{ repairs: number }>`select repairs from lines where key = ${key}`.execute(db);
  return rows[0]?.repairs ?? null;
}

function pauseSeconds(end: LineOutcome, pace: Pace): number {
  switch (end.kind) {
    case "used":
    case "refused":
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

/**
 * Deletes lines of people in which nothing waits: each claim looks at all lines. A line stays while it rests after a
 * message, or the next message to this person would come too soon.
 */
export async function deleteIdleLines(tx: Transaction): Promise<void> {
  await sql`
    delete from lines where key in (
      select key from lines l where of_person and leased_until is null and open_at <= clock_timestamp()
        and not exists (select from messages m where m.line = l.key and m.due_at is not null)
      limit 100 for update skip locked)`.execute(tx);
}

/** Renews these leases of lines. */
export async function renewLeases(db: Kysely<Tables>, leases: string[], seconds: number): Promise<void> {
  await sql`
    update lines set leased_until = now() + make_interval(secs => ${seconds})
    where leased_until is not null and leased_by = any(${leases})`.execute(db);
}

/**
 * Whether a claim still holds its line, checked just before it posts: after a hang another claim may have
 * posted. Queries the database, and renews the lease, only after half of the lease.
 */
export async function stillHoldsLine(
  { db, pace }: { db: Pick<Database, "kysely">; pace: Pick<Pace, "lineLease"> },
  { key, lease, claimedAt }: Pick<ClaimedLine, "key" | "lease" | "claimedAt">,
): Promise<boolean> {
  if (performance.now() - claimedAt < (pace.lineLease * 1000) / 2) return true;
  const { rows } = await sql`
    update lines set leased_until = now() + make_interval(secs => ${pace.lineLease})
    where key = ${key} and leased_by = ${lease} returning key`.execute(db.kysely);
  return rows.length > 0;
}

/**
 * Opens the lines of an installation whose app works again: clears app faults, and sends waiting jobs at
 * once. Faults of a channel stay until the channel works.
 */
export async function openLines(tx: Transaction, installationId: string): Promise<void> {
  const ofApp = sql`(fault = any(${appFaults}) or fault like 'http\\_%')`;
  await sql`
    update lines set faults_in_a_row = 0, open_at = now(), repairs = repairs + 1,
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
      faults_in_a_row = 0, refused_code = null, refused_ids = '{}',
      repairs = lines.repairs + 1,
      open_at = case when excluded.fault is null and lines.fault is not null then now() else lines.open_at end
    where excluded.fault is null or lines.fault is distinct from excluded.fault`.execute(tx);
  return key;
}

/**
 * Reserves one message in a channel's line, for a message that no job of the line sends. A channel without a line has
 * no pace to keep.
 */
export async function reserveMessage(
  { db, pace }: { db: Pick<Database, "kysely">; pace: Pick<Pace, "message"> },
  key: string,
): Promise<"reserved" | "busy" | "held"> {
  const { rows } = await sql<{ reserved: boolean; held: boolean | null }>`
    with taken as (
      update lines set open_at = clock_timestamp() + make_interval(secs => ${pace.message})
      where key = ${key} and open_at <= now() and (leased_until is null or leased_until <= now())
      returning 1
    )
    select exists (select from taken) or not exists (select from lines where key = ${key}) as reserved,
      (select fault is not null from lines where key = ${key}) as held`.execute(db.kysely);
  const [line] = rows;
  if (line?.reserved) return "reserved";
  return line?.held ? "held" : "busy";
}

const turnMs = 5_000;

/**
 * Waits for the channel's next free second, so that Slack doesn't limit the message. Gives up after five seconds, and at
 * once in a held line, whose pause has nothing to do with pace.
 */
export async function waitForTurn(deps: Parameters<typeof reserveMessage>[0], key: string): Promise<void> {
  const until = performance.now() + turnMs;
  while ((await reserveMessage(deps, key)) === "busy" && performance.now() < until) await sleep(100);
}
