import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import type { SlackAccess } from "../slack-access.ts";
import type { ChannelPlace } from "../../setup/channels/life/channel-place.ts";
import { recheckChannel } from "../../setup/channels/life/recheck-channel.ts";

/** Slack lets one ask about 50 channels a minute; people at forms need some of them. */
const most = 30;

/**
 * Asks Slack about the channels of an installation: those that don't work, for what no event tells of, or all
 * when the app may have lost or won some.
 */
export async function recheckChannels(
  parts: { db: Database; slack: SlackAccess },
  installationId: string,
  which: "broken" | "all",
): Promise<void> {
  const { rows } = await sql<ChannelPlace>`
    select installation_id as "installationId", channel_id as "channelId" from lines l
    where installation_id = ${installationId} and (fault is not null or ${which === "all"})
      and exists (select from destinations d where d.installation_id = l.installation_id
        and d.channel_id = l.channel_id and d.deleted_at is null)
    order by fault is null, random() limit ${most}`.execute(parts.db.kysely);
  for (const place of rows) await recheckChannel(parts, place);
}
