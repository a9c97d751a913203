import { type RawBuilder, sql } from "kysely";
import type { DeliveryState } from "../alert/destination.ts";
import type { DestinationType } from "../alert/destination-type.ts";
import type { Database } from "../db/connect.ts";
import type { Attempt as Kept } from "../deliver/ledger/keep-attempt.ts";

/** One alert at one destination, as people are told. */
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

/** The columns of a `Delivery`. One whose line has a fault of set-up is held, whatever its own state. */
export const deliveryColumns = sql`
  d.id, d.alert_id as "alertId", d.destination_id as "destinationId", t.display_name as "destinationName",
  case when d.state = 'waiting' and l.fault is not null then 'held' else d.state end as state,
  d.attempts, d.last_attempt_at as "lastAttemptAt",
  case when d.state = 'waiting' then coalesce(l.fault, d.error) else d.error end as error,
  coalesce(c.permalink, case when d.state = 'digested' then g.permalink end) as permalink`;

/** What they are read from, where `deliveries` may stand for some of them. */
export const deliveryTables = (deliveries: RawBuilder<unknown>) => sql`
  ${deliveries} join destinations t on t.id = d.destination_id
    left join lines l on l.key = d.line left join cards c on c.id = d.card_id
    left join digests g on g.id = d.digest_id`;

/** The deliveries of these alerts. */
export async function listDeliveries(db: Database["kysely"], alertIds: string[]): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select ${deliveryColumns} from ${deliveryTables(sql`deliveries d`)}
    where d.alert_id = any(${alertIds}::uuid[])
    order by d.created_at, d.id`.execute(db);
  return rows;
}

export interface Attempt {
  deliveryId: string;
  destinationType: DestinationType;
  at: Date;
  outcome: Kept["outcome"];
  error: string | null;
  channelId: string;
  permalink: string | null;
}

/** The attempts of these deliveries, oldest first. */
export async function listAttempts(db: Database["kysely"], deliveryIds: string[]): Promise<Attempt[]> {
  const { rows } = await sql<Attempt>`
    select delivery_id as "deliveryId", t.type as "destinationType", at, outcome, a.error,
      a.channel_id as "channelId", permalink
    from delivery_attempts a join deliveries d on d.id = a.delivery_id
      join destinations t on t.id = d.destination_id
    where delivery_id = any(${deliveryIds}::uuid[]) order by at, a.id`.execute(db);
  return rows;
}
