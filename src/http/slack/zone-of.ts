import { sql } from "kysely";
import type { Acting } from "../../interact/acting.ts";

/** The time zone for what one person sees: that of the channel's destination, else of the first one. */
export async function zoneOf({ deps, installation }: Acting, channelId: string | null): Promise<string> {
  const { rows } = await sql<{ timezone: string }>`
    select timezone from destinations where installation_id = ${installation.id} and deleted_at is null
    order by channel_id is not distinct from ${channelId} desc, id limit 1`.execute(deps.db.kysely);
  return rows[0]?.timezone ?? "UTC";
}
