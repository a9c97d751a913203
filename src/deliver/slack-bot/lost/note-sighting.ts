import { sql } from "kysely";
import type { Database } from "../../../db/connect.ts";

/** A card of ours that was seen in a channel: by Slack's event, which names its delivery, or by a click. */
export interface Sighting {
  installationId: string;
  channelId: string;
  ts: string;
  of: { deliveryId: string } | { alertId: string };
}

/**
 * Keeps what was seen if its delivery doesn't know yet whether its card stands: whoever takes that delivery
 * next adopts the card instead of posting another. It may come before the answer of our own post, or after
 * we have given up. Says whether it was news.
 */
export async function noteSighting(db: Database["kysely"], sighting: Sighting): Promise<boolean> {
  const { installationId, channelId, ts, of } = sighting;
  const which = "deliveryId" in of ? sql`d.id = ${of.deliveryId}` : sql`d.alert_id = ${of.alertId}`;
  const { rows } = await sql`
    update deliveries d set seen_ts = coalesce(seen_ts, ${ts}), run_at = now(),
      state = case when state = 'failed' then 'waiting' else state end
    where ${which} and d.line = ${`${installationId}:${channelId}`}
      and (state = 'sending' or (maybe_posted and state in ('waiting', 'failed')))
    returning 1`.execute(db);
  return rows.length > 0;
}
