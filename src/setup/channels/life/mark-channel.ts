import { type Kysely, sql } from "kysely";
import { ring } from "../../../db/notify.ts";
import type { Tables } from "../../../db/tables/tables.ts";
import type { ChannelPlace } from "./channel-place.ts";

/** Slack has told what is wrong with a channel: its destinations show it before an alert meets it. */
export async function markChannel(
  db: Kysely<Tables>,
  { installationId, channelId }: ChannelPlace,
  fault: string,
): Promise<void> {
  const { rows } = await sql`
    update lines set fault = ${fault}, fault_since = coalesce(fault_since, now())
    where installation_id = ${installationId} and channel_id = ${channelId}
      and fault is distinct from ${fault}
    returning 1`.execute(db);
  if (rows.length > 0) await ring(db, { settings: "destinations" });
}
