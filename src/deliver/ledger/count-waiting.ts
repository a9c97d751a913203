import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";

/** What waits for a destination. */
export interface Waiting {
  destinationId: string;
  channelId: string;
  deliveries: number;
  oldestSeconds: number;
}

/** What waits, held deliveries included, for each destination that isn't deleted. Read off indexes of what is open. */
export async function countWaiting(db: Database["kysely"]): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
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
