import { sql } from "kysely";
import { v5 as uuidv5, v7 as uuidv7 } from "uuid";
import type { Severity } from "../alert/alert.ts";
import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import type { Statement } from "./deliveries.ts";

/** An alert to announce at a destination. */
interface NewDelivery {
  alertId: string;
  number: number;
  severity: Severity;
  destinationId: string;
  line: string;
  /** The last history entry that the first message covers. */
  sentSeq: number;
  /** Minutes until it also goes to another destination if nobody acts; null without one. */
  escalateMinutes: number | null;
}

const openStatement: PreparedStatement = {
  name: "open-deliveries",
  text: `
    insert into deliveries (id, alert_id, destination_id, line, severity, number, told_seq, escalate_at)
    select id, alert_id, destination_id, line, severity, number, told_seq,
      now() + make_interval(mins => escalate_minutes)
    from json_to_recordset($1::json) as d(id uuid, alert_id uuid, destination_id uuid, line text,
      severity severity, number bigint, told_seq int, escalate_minutes int)`,
};

/**
 * The same, and claims free lines: nobody holds them, and nothing waits for them or holds them up. Then the delivery
 * is inserted as `sending`. A line that another transaction has locked is not free. Subqueries with `limit 1` force
 * index lookups. The lease starts with this statement, since the transaction may have waited for locks.
 */
const openAndClaimStatement: PreparedStatement = {
  name: "open-and-claim",
  text: `
    with opened as (
      select * from json_to_recordset($1::json) as d(id uuid, alert_id uuid, destination_id uuid, line text,
        severity severity, number bigint, told_seq int, escalate_minutes int, may_claim boolean)
    ), free as (
      select l.key from opened, lateral (
        select key from lines where key = opened.line and destination_type = 'slack-bot' and open_at <= now()
          and leased_until is null and fault is null and digest_id is null
          and (select true from deliveries w where w.line = lines.key and w.state in ('waiting', 'sending') limit 1) is null
        limit 1 for update skip locked) l
      where opened.may_claim
    ), leased as (
      update lines l set leased_until = clock_timestamp() + make_interval(secs => $2), leased_by = gen_random_uuid()
      from free where l.key = free.key
    )
    insert into deliveries (id, alert_id, destination_id, line, severity, number, told_seq, escalate_at,
      state, attempts, last_attempt_at)
    select id, alert_id, destination_id, line, severity, number, told_seq,
      now() + make_interval(mins => escalate_minutes),
      case when free.key is null then 'waiting' else 'sending' end::delivery_state,
      case when free.key is null then 0 else 1 end, case when free.key is not null then now() end
    from opened left join free on free.key = opened.line`,
};

/** A transaction with more deliveries is part of a burst: its lines are busy, and trying to claim them costs time. */
const burst = 8;

/** How many lines may be claimed for deliveries that are opened, and for how long. */
export interface Claiming {
  room: number;
  leaseSeconds: number;
}

/**
 * Inserts deliveries, which are their own jobs, in the transaction that opens their alerts. With room it also claims
 * the free lines that get a single delivery here, so that their jobs can start with the commit. Returns the ids of
 * the deliveries whose line may have been claimed: those are `sending`.
 */
export function open(
  runPrepared: RunPrepared,
  deliveries: readonly NewDelivery[],
  { room, leaseSeconds }: Claiming = { room: 0, leaseSeconds: 0 },
): { inserted: Promise<unknown>; mayBeClaimed: string[] } {
  if (deliveries.length === 0) return { inserted: Promise.resolve(), mayBeClaimed: [] };
  const inLine = Map.groupBy(deliveries, ({ line }) => line);
  const single =
    deliveries.length > Math.min(room, burst)
      ? []
      : deliveries.filter(({ line }) => inLine.get(line)?.length === 1);
  const rows = deliveries.map((delivery) => ({
    id: uuidv7(),
    may_claim: single.includes(delivery),
    alert_id: delivery.alertId,
    destination_id: delivery.destinationId,
    line: delivery.line,
    severity: delivery.severity,
    number: delivery.number,
    told_seq: delivery.sentSeq,
    escalate_minutes: delivery.escalateMinutes,
  }));
  const json = JSON.stringify(rows);
  if (single.length === 0) return { inserted: runPrepared(openStatement, [json]), mayBeClaimed: [] };
  return {
    inserted: runPrepared(openAndClaimStatement, [json, leaseSeconds]),
    mayBeClaimed: rows.filter(({ may_claim }) => may_claim).map(({ id }) => id),
  };
}

/** The namespace of the ids below. */
const sentOn = "5f0b6c1e-94d1-4a51-8f0e-2c6a4f6b7d13";

/**
 * Inserts the delivery of an alert on which nobody acted at another destination; it may be escalated again. Its id
 * follows from alert and destination, so that a restored copy finds the card in Slack that the original has posted.
 */
export function openFor(to: {
  alertId: string;
  destinationId: string;
  line: string;
  sentSeq: number;
}): Statement {
  return sql`
    insert into deliveries (id, alert_id, destination_id, line, severity, number, told_seq, escalate_at)
    select ${uuidv5(`${to.alertId} ${to.destinationId}`, sentOn)}, a.id, t.id, ${to.line}, a.severity, a.number, ${to.sentSeq},
      case when t.escalate_to is not null
        then now() + make_interval(mins => (t.escalate_after ->> a.severity::text)::int) end
    from alerts a, destinations t where a.id = ${to.alertId} and t.id = ${to.destinationId}`;
}

/** Inserts the delivery of an alert that a person sends to one more destination. */
export function openAsked(to: { alertId: string; destinationId: string; line: string }): Statement {
  return sql`
    insert into deliveries (id, alert_id, destination_id, line, severity, number, told_seq, asked)
    select ${uuidv7()}, id, ${to.destinationId}, ${to.line}, severity, number, history_seq, true
    from alerts where id = ${to.alertId}`;
}
