import { type Kysely, sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import { notify } from "../../db/notify.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { isAppFault, SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackAccess } from "../slack-access.ts";
import { type ChannelPlace, markChannel, renameChannel } from "./channel-events.ts";

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

/** What Slack says of a channel that alerts go to. */
type ChannelLook =
  | { kind: "well"; name: string | null }
  | { kind: "broken"; fault: string }
  /** Slack can't be asked, or may not tell. */
  | { kind: "unsaid" };

/** Faults that a look at the channel can find, and so can find gone. */
const seenFaults: readonly string[] = [
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "is_inactive",
  "no_permission",
  "team_access_not_granted",
  "team_not_found",
];

async function lookAtChannel(
  client: Pick<SlackClient, "conversationsInfo">,
  channelId: string,
): Promise<ChannelLook> {
  try {
    const { archived, member, name } = await client.conversationsInfo(channelId);
    if (archived) return { kind: "broken", fault: "is_archived" };
    return member === false ? { kind: "broken", fault: "not_in_channel" } : { kind: "well", name };
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const ofChannel = fault.kind === "setup" && !isAppFault(fault.code);
    return ofChannel ? { kind: "broken", fault: fault.code } : { kind: "unsaid" };
  }
}

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
  if (rows.length > 0) await notify(db, { settings: "destinations" });
}
