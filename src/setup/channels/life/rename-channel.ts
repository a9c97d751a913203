import type { Kysely } from "kysely";
import { ring } from "../../../db/notify.ts";
import type { Tables } from "../../../db/tables/tables.ts";
import type { ChannelPlace } from "./channel-place.ts";

/** Keeps what a channel is called now. */
export async function renameChannel(
  db: Kysely<Tables>,
  { installationId, channelId }: ChannelPlace,
  name: string,
): Promise<void> {
  const renamed = await db
    .updateTable("destinations")
    .set({ channel_name: name })
    .where("installation_id", "=", installationId)
    .where("channel_id", "=", channelId)
    .where("channel_name", "!=", name)
    .returning("id")
    .execute();
  if (renamed.length > 0) await ring(db, { settings: "destinations" });
}
