import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import type { Attempt } from "../../outbox/list-deliveries.ts";

/** An attempt, and the alert that it was to announce. */
export interface RecentAttempt extends Attempt {
  alert: { id: string; number: number; title: string };
}

/**
 * The last attempts at a destination, newest first. They belong to the deliveries that were tried last, which
 * indexes find for each kind of state; the many that are done are not looked at.
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
    select t.delivery_id as "deliveryId", place.type as "destinationType", t.at, t.outcome, t.error, t.channel_id as "channelId", t.permalink,
      json_build_object('id', a.id, 'number', a.number, 'title', a.title) as alert
    from (select * from d order by last_attempt_at desc limit ${limit}) d
    join destinations place on place.id = ${destinationId}
    join delivery_attempts t on t.delivery_id = d.id join alerts a on a.id = d.alert_id
    order by t.at desc, t.id desc limit ${limit}`.execute(db);
  return rows;
}
