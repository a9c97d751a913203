import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";

/** From where a question goes out: whose bot asks, whose thread hears of it, and whose clock it speaks of. */
export interface AskingPlace {
  installationId: string;
  cardId: string | null;
  timezone: string;
}

/**
 * The card that somebody asks from; from elsewhere the alert's first card; with none, the first destination's
 * installation, or the only one. Null while Tocsin is connected to no workspace.
 */
export async function askingPlace(
  db: Database["kysely"],
  { alertId, card }: { alertId: string; card: { channel: string | null; ts: string | null } | null },
): Promise<AskingPlace | null> {
  const { rows } = await sql<AskingPlace>`
    select * from (
      (select l.installation_id as "installationId", c.id as "cardId", d.timezone
        from cards c join lines l on l.key = c.line join destinations d on d.id = c.destination_id
        where c.alert_id = ${alertId} and not c.gone
        order by (c.channel_id = ${card?.channel ?? null} and c.ts = ${card?.ts ?? null}) desc nulls last, c.id limit 1)
      union all
      (select installation_id, null, timezone from destinations
        where installation_id is not null and deleted_at is null order by created_at limit 1)
      union all
      (select id, null, 'UTC' from installations order by trusted desc, id limit 1)
    ) places limit 1`.execute(db);
  return rows[0] ?? null;
}
