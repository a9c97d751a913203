import { type RawBuilder, sql } from "kysely";
import type { Severity, Status } from "../alert/alert.ts";
import type { DeliveryState } from "../alert/destination.ts";
import type { Database } from "../db/connect.ts";
import type { Attempt as StoredAttempt } from "./attempts.ts";

/** One alert at one destination, as the API shows it. */
export interface Delivery {
  id: string;
  alertId: string;
  destinationId: string;
  destinationName: string;
  state: DeliveryState;
  attempts: number;
  lastAttemptAt: Date | null;
  error: string | null;
  permalink: string | null;
}

/** The columns of a `Delivery`. A waiting delivery that was refused, or whose line has a setup fault, is shown as held. */
const deliveryColumns = sql`
  d.id, d.alert_id as "alertId", d.destination_id as "destinationId", t.display_name as "destinationName",
  case when d.state = 'waiting' and (l.fault is not null or d.refused) then 'held' else d.state end as state,
  d.attempts, d.last_attempt_at as "lastAttemptAt",
  case when d.state = 'waiting' then coalesce(l.fault, d.error) else d.error end as error,
  coalesce(c.permalink, case when d.state = 'digested' then g.permalink end) as permalink`;

/** The tables for `deliveryColumns`; `deliveries` can be a subquery. */
const deliveryTables = (deliveries: RawBuilder<unknown>) => sql`
  ${deliveries} join destinations t on t.id = d.destination_id
    left join lines l on l.key = d.line left join cards c on c.id = d.card_id
    left join digests g on g.id = d.digest_id`;

/** Lists the deliveries of alerts. */
export async function listDeliveries(db: Database["kysely"], alertIds: string[]): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select ${deliveryColumns} from ${deliveryTables(sql`deliveries d`)}
    where d.alert_id = any(${alertIds}::uuid[])
    order by d.created_at, d.id`.execute(db);
  return rows;
}

export interface Attempt {
  deliveryId: string;
  destinationType: string;
  at: Date;
  outcome: StoredAttempt["outcome"];
  error: string | null;
  channelId: string;
  permalink: string | null;
}

/** Lists the attempts of deliveries, oldest first. */
export async function listAttempts(db: Database["kysely"], deliveryIds: string[]): Promise<Attempt[]> {
  const { rows } = await sql<Attempt>`
    select delivery_id as "deliveryId", t.type as "destinationType", at, outcome, a.error,
      a.channel_id as "channelId", permalink
    from delivery_attempts a join deliveries d on d.id = a.delivery_id
      join destinations t on t.id = d.destination_id
    where delivery_id = any(${deliveryIds}::uuid[]) order by at, a.id`.execute(db);
  return rows;
}

/** The waiting deliveries of a destination. */
export interface WaitingCount {
  destinationId: string;
  channelId: string;
  deliveries: number;
  oldestSeconds: number;
}

/** Counts waiting and held deliveries per destination that is not deleted. Uses only partial indexes. */
export async function countWaiting(db: Database["kysely"]): Promise<WaitingCount[]> {
  const { rows } = await sql<WaitingCount>`
    select t.id as "destinationId", coalesce(t.channel_id, '') as "channelId", sum(count)::int as deliveries,
      coalesce(extract(epoch from now() - min(oldest)), 0)::float8 as "oldestSeconds"
    from destinations t cross join lateral (
      select count(*), min(created_at) as oldest from deliveries
      where line = t.line and destination_id = t.id and state in ('waiting', 'sending')
      union all
      select count(*), min(created_at) from deliveries where destination_id = t.id and state = 'held') d
    where t.deleted_at is null
    group by t.id`.execute(db);
  return rows;
}

/** A delivery in the list of its destination. */
export interface LedgerEntry extends Delivery {
  alert: { id: string; number: number; title: string; severity: Severity; status: Status };
  waitingSince: Date;
  /** The severity by which it is queued. */
  rank: Severity;
}

/** The last entry of the previous page. */
type LedgerCursor = readonly [severity: Severity, number: number] | null;

interface LedgerQuery {
  destinationId: string;
  states: readonly DeliveryState[];
  after: LedgerCursor;
  limit: number;
}

/**
 * Lists the deliveries of a destination in these states, in sending order: most severe first, then by number.
 * A waiting delivery that was refused, or whose line has a fault, counts as held.
 */
export async function listAtDestination(db: Database["kysely"], query: LedgerQuery): Promise<LedgerEntry[]> {
  const { destinationId, after, limit, states } = query;
  const afterCursor = after
    ? sql`and (d.severity < ${after[0]}::severity or (d.severity = ${after[0]}::severity and d.number > ${after[1]}))`
    : sql``;
  const page = (where: RawBuilder<unknown>) => sql`
    (select d.* from deliveries d join destinations t on t.id = d.destination_id left join lines l on l.key = t.line
      where d.destination_id = ${destinationId} and ${where} ${afterCursor}
      order by d.severity desc, d.number limit ${limit})`;
  const open = sql`d.line = t.line and d.state in ('waiting', 'sending')
    and case when d.state = 'waiting' and (l.fault is not null or d.refused) then 'held' else d.state::text end
      = any(${states}::text[])`;
  const unsent = sql`d.state in ('held', 'failed', 'not_delivered', 'digested') and d.state::text = any(${states}::text[])`;
  const sent = sql`d.state = 'sent'`;
  const parts = [page(open), page(unsent), ...(states.includes("sent") ? [page(sent)] : [])];
  const { rows } = await sql<LedgerEntry>`
    with d as (
      select * from (${sql.join(parts, sql` union all `)}) d order by severity desc, number limit ${limit}
    )
    select ${deliveryColumns}, d.created_at as "waitingSince", d.severity as rank,
      json_build_object('id', a.id, 'number', a.number, 'title', a.title, 'severity', a.severity,
        'status', a.status) as alert
    from ${deliveryTables(sql`d`)} join alerts a on a.id = d.alert_id
    order by d.severity desc, d.number`.execute(db);
  return rows;
}

/** An attempt and its alert. */
interface RecentAttempt extends Attempt {
  alert: { id: string; number: number; title: string };
}

/**
 * Lists the last attempts at a destination, newest first. Looks only at the deliveries that were tried last,
 * which an index finds for each kind of state.
 */
export async function listRecentAttempts(
  db: Database["kysely"],
  { destinationId, limit }: { destinationId: string; limit: number },
): Promise<RecentAttempt[]> {
  const { rows } = await sql<RecentAttempt>`
    with d as (
      (select id, alert_id, last_attempt_at from deliveries
        where destination_id = ${destinationId} and state = 'sent' order by last_attempt_at desc limit ${limit})
      union all
      (select id, alert_id, last_attempt_at from deliveries
        where destination_id = ${destinationId} and state in ('held', 'failed', 'not_delivered', 'digested')
          and last_attempt_at is not null
        order by last_attempt_at desc limit ${limit})
      union all
      (select d.id, d.alert_id, d.last_attempt_at from destinations t join deliveries d on d.line = t.line
        where t.id = ${destinationId} and d.destination_id = t.id and d.state in ('waiting', 'sending')
          and d.last_attempt_at is not null
        order by d.last_attempt_at desc limit ${limit})
    )
    select t.delivery_id as "deliveryId", destination.type as "destinationType", t.at, t.outcome, t.error, t.channel_id as "channelId", t.permalink,
      json_build_object('id', a.id, 'number', a.number, 'title', a.title) as alert
    from (select * from d order by last_attempt_at desc limit ${limit}) d
    join destinations destination on destination.id = ${destinationId}
    join delivery_attempts t on t.delivery_id = d.id join alerts a on a.id = d.alert_id
    order by t.at desc, t.id desc limit ${limit}`.execute(db);
  return rows;
}
