import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "../db/transaction.ts";
import { claimed } from "./deliveries.ts";
import type { Deps } from "./deps.ts";

/** A delivery with changes of its alert that its webhook has not received yet. */
export interface ChangeJob {
  kind: "change";
  deliveryId: string;
  alertId: string;
  destinationId: string;
  /** Earlier attempts to send the next event. */
  attempts: number;
}

/** The opening of an alert, to be sent to a webhook. */
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
}

/** A claimed line of a webhook, and its most urgent job. */
export interface ClaimedWebhook {
  key: string;
  /** Names this claim, as `ClaimedLine.lease` does. */
  lease: string;
  repairs: number;
  faultsInARow: number;
  job: OpeningJob | ChangeJob;
}

interface Row {
  key: string;
  repairs: number;
  faults_in_a_row: number;
  delivery_id: string | null;
  alert_id: string;
  destination_id: string;
  attempts: number;
  told_seq: number;
  created_at: Date;
  change_of: ChangeJob | null;
}

/**
 * Claims the line of one webhook that is open and has a job due: openings first, most severe first, then the
 * change that has waited longest. Changes for a disabled destination wait.
 */
export async function claimWebhook({ db, pace }: Pick<Deps, "db" | "pace">): Promise<ClaimedWebhook | null> {
  const lease = randomUUID();
  const statement = sql<Row>`
    with line as (
      select key, faults_in_a_row, repairs, fault, t.enabled and t.deleted_at is null as sends_changes
      from lines l join destinations t on t.line = l.key
      where destination_type = 'custom-webhook' and open_at <= now()
        and (leased_until is null or leased_until <= now())
        and ((select true from deliveries d where d.line = l.key and d.state in ('waiting', 'sending')
              and d.run_at <= now() limit 1)
          or (select true from deliveries d where d.line = l.key and d.changes_due_at <= now()
              and t.enabled and t.deleted_at is null limit 1))
      order by open_at limit 1 for update of l skip locked
    ), opening as (
      select d.id, d.state from line, lateral (
        (select id, state from deliveries where line.fault is null and line = line.key
          and state in ('waiting', 'sending') and run_at <= now() order by severity desc, number limit 1)
        union all
        -- A held line probes with a different delivery each time.
        (select id, state from deliveries where line.fault is not null and line = line.key
          and state in ('waiting', 'sending') and run_at <= now()
          order by run_at, severity desc, number limit 1)) d
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
        d.created_at
    )
    select line.key, line.faults_in_a_row, line.repairs, sending.*, change.change_of
    from line left join sending on true left join change on true`;
  const [row] = await prepared(db, "claim-webhook", statement);
  const job = row && jobOf(row);
  if (!job) return null;
  return { key: row.key, lease, repairs: row.repairs, faultsInARow: row.faults_in_a_row, job };
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
  };
}
