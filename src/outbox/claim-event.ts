import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "../db/transaction.ts";
import { stormThreshold } from "./claim-line.ts";
import { claimed } from "./deliveries.ts";
import type { Deps } from "./deps.ts";

/** A delivery with changes of its alert that its destination has not received yet. */
export interface ChangeJob {
  kind: "change";
  deliveryId: string;
  alertId: string;
  destinationId: string;
  /** Earlier attempts to send the next event. */
  attempts: number;
}

/** The opening of an alert, to be sent as an event. */
export interface OpeningJob {
  kind: "opening";
  deliveryId: string;
  alertId: string;
  destinationId: string;
  /** Including this one. */
  attempts: number;
  waitingSince: Date;
  /** The last history entry that the opening covers. */
  sentSeq: number;
  /** A person asked for it with a re-send. */
  asked: boolean;
  /**
   * How many deliveries of the line may go into a digest, this one included; counted up to `stormThreshold` + 1. Zero if
   * this one may not.
   */
  gatherable: number;
}

/** A claimed line of a destination that gets events, and its most urgent job. */
export interface ClaimedEvent {
  key: string;
  /** Names this claim, as `ClaimedLine.lease` does. */
  lease: string;
  repairs: number;
  /** The fault of the line at the claim. */
  fault: string | null;
  faultsInARow: number;
  job: OpeningJob | ChangeJob;
}

interface Row {
  key: string;
  repairs: number;
  fault: string | null;
  faults_in_a_row: number;
  delivery_id: string | null;
  alert_id: string;
  destination_id: string;
  attempts: number;
  told_seq: number;
  created_at: Date;
  asked: boolean;
  gatherable: number;
  change_of: ChangeJob | null;
}

/** SQL: in a storm, a digest may stand for these deliveries. The others get a message of their own. */
export const isGatherable = sql.raw("(severity < 'HIGH' and not asked)");

/**
 * Claims the line of one destination of this type that is open and has a job due: openings first, most severe first,
 * then the change that has waited longest. Changes for a disabled destination wait. After a digest, gatherable
 * deliveries wait until the next may go out (`digest_due_at`).
 */
export async function claimEvent(
  { db, pace }: Pick<Deps, "db" | "pace">,
  { type, digests }: { type: string; digests: boolean },
): Promise<ClaimedEvent | null> {
  const lease = randomUUID();
  const ripe = sql`(l.digest_due_at is null or l.digest_due_at <= now() or not ${isGatherable})`;
  const statement = sql<Row>`
    with line as (
      select key, faults_in_a_row, repairs, fault, digest_due_at, t.enabled and t.deleted_at is null as sends_changes
      from lines l join destinations t on t.line = l.key
      where destination_type = ${type} and open_at <= now()
        and (leased_until is null or leased_until <= now())
        and ((select true from deliveries d where d.line = l.key and d.state in ('waiting', 'sending')
              and d.run_at <= now() and ${ripe} limit 1)
          or (select true from deliveries d where d.line = l.key and d.changes_due_at <= now()
              and t.enabled and t.deleted_at is null limit 1))
      order by open_at limit 1 for update of l skip locked
    ), opening as (
      select d.id, d.state from line l, lateral (
        (select id, state from deliveries where l.fault is null and line = l.key
          and state in ('waiting', 'sending') and run_at <= now() and ${ripe}
          order by severity desc, number limit 1)
        union all
        -- A held line probes with a different delivery each time.
        (select id, state from deliveries where l.fault is not null and line = l.key
          and state in ('waiting', 'sending') and run_at <= now() and ${ripe}
          order by run_at, severity desc, number limit 1)) d
    ), gatherable as (
      select count(*)::int as gatherable from line, lateral (
        select 1 from deliveries where ${digests} and line = line.key and state in ('waiting', 'sending')
          and ${isGatherable} limit ${sql.lit(stormThreshold + 1)}) d
    ), change as (
      select json_build_object('kind', 'change', 'deliveryId', d.id, 'alertId', d.alert_id,
        'destinationId', d.destination_id, 'attempts', d.change_attempts) as change_of
      from line, lateral (
        select id, alert_id, destination_id, change_attempts from deliveries
        where line = line.key and changes_due_at <= now() and line.sends_changes
        order by changes_due_at, number limit 1) d
    ), leased as (
      update lines l set leased_until = now() + make_interval(secs => ${pace.lineLease}), leased_by = ${lease}
      from line where l.key = line.key
    ), sending as (
      ${claimed({ from: sql`opening`, where: sql`d.id = opening.id` })}
      returning d.id as delivery_id, d.alert_id, d.destination_id, d.attempts, d.told_seq,
        d.created_at, d.asked, ${isGatherable} as may_be_gathered
    )
    select line.key, line.faults_in_a_row, line.repairs, line.fault, sending.*, change.change_of,
      case when sending.may_be_gathered then gatherable else 0 end as gatherable
    from line left join sending on true left join change on true cross join gatherable`;
  const [row] = await prepared(db, "claim-event", statement);
  const job = row && jobOf(row);
  if (!job) return null;
  return {
    key: row.key,
    lease,
    repairs: row.repairs,
    fault: row.fault,
    faultsInARow: row.faults_in_a_row,
    job,
  };
}

function jobOf(row: Row): OpeningJob | ChangeJob | null {
  if (row.delivery_id === null) return row.change_of;
  return {
    kind: "opening",
    deliveryId: row.delivery_id,
    alertId: row.alert_id,
    destinationId: row.destination_id,
    attempts: row.attempts,
    waitingSince: row.created_at,
    sentSeq: row.told_seq,
    asked: row.asked,
    gatherable: row.gatherable,
  };
}
