import { type Kysely, sql } from "kysely";
import { ring } from "../../../db/notify.ts";
import type { Database } from "../../../db/connect.ts";
import type { Tables } from "../../../db/tables/tables.ts";
import type { SlackAccess } from "../../../connect/slack-access.ts";
import type { ChannelPlace } from "./channel-place.ts";
import { type ChannelLook, lookAtChannel, seenFaults } from "./look-at-channel.ts";
import { markChannel } from "./mark-channel.ts";
import { renameChannel } from "./rename-channel.ts";

/** Asks Slack how a channel stands, and lets what waits for it go out if nothing is wrong any more. */
export async function recheckChannel(
  { db, slack }: { db: Database; slack: SlackAccess },
  place: ChannelPlace,
  because: "bot joined" | "may have changed" = "may have changed",
): Promise<void> {
  const client = await slack.clientFor(place.installationId);
  const look = believe(await lookAtChannel(client, place.channelId), because);
  if (look.kind === "broken") return markChannel(db.kysely, place, look.fault);
  if (look.kind === "well" && look.name) await renameChannel(db.kysely, place, look.name);
  await tryAgain(db.kysely, place, look.kind === "well" ? seenFaults : []);
}

/** An event that the bot has joined may be ahead of what Slack answers. */
function believe(look: ChannelLook, because: "bot joined" | "may have changed"): ChannelLook {
  const behind = because === "bot joined" && look.kind === "broken" && look.fault === "not_in_channel";
  return behind ? { kind: "unsaid" } : look;
}

/** Other faults show at the next attempt whether they hold. */
async function tryAgain(
  db: Kysely<Tables>,
  { installationId, channelId }: ChannelPlace,
  gone: readonly string[],
): Promise<void> {
  const { rows } = await sql`
    update lines set faults_in_a_row = 0, open_at = now(),
      fault = case when fault = any(${gone}) then null else fault end,
      fault_since = case when fault = any(${gone}) then null else fault_since end
    where installation_id = ${installationId} and channel_id = ${channelId} and fault is not null
    returning 1`.execute(db);
  if (rows.length > 0) await ring(db, { settings: "destinations" });
}
