import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import { notify } from "../../db/notify.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { lockRepairs, readRepairs } from "../../outbox/lines.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { channelDeleted, isAppFault, needsRepair, SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackAccess } from "../slack-access.ts";
import { type ChannelKey, renameChannel, setChannelFault } from "./channel-events.ts";

/** Slack allows 50 lookups of channels a minute; some are left for forms. */
const maxChannels = 30;

/**
 * Checks channels of an installation with Slack: the broken ones, since events can be lost, or all of them after the
 * app was added to or removed from workspaces.
 */
export async function recheckChannels(
  parts: { db: Database; slack: SlackAccess },
  installationId: string,
  which: "broken" | "all",
): Promise<void> {
  const { rows } = await sql<ChannelKey>`
    select installation_id as "installationId", channel_id as "channelId" from lines l
    where installation_id = ${installationId} and (fault is not null or ${which === "all"})
      and exists (select from destinations d where d.installation_id = l.installation_id
        and d.channel_id = l.channel_id and d.deleted_at is null)
    order by fault is null, random() limit ${maxChannels}`.execute(parts.db.kysely);
  for (const key of rows) await recheckChannel(parts, key);
}

type ChannelCheck =
  | { kind: "ok"; name: string | null }
  | { kind: "broken"; fault: string }
  /** Slack can't be reached or doesn't answer the question. */
  | { kind: "unknown" };

/** Faults that the check of a channel finds, so a good check ends them. */
const checkedFaults: readonly string[] = [
  channelDeleted,
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "is_inactive",
  "no_permission",
  "team_access_not_granted",
  "team_not_found",
];

async function checkInSlack(
  client: Pick<SlackClient, "conversationsInfo">,
  channelId: string,
): Promise<ChannelCheck> {
  try {
    const { archived, member, name } = await client.conversationsInfo(channelId);
    if (archived) return { kind: "broken", fault: "is_archived" };
    return member === false ? { kind: "broken", fault: "not_in_channel" } : { kind: "ok", name };
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const ofChannel = needsRepair(fault) && !isAppFault(fault.code);
    return ofChannel ? { kind: "broken", fault: fault.code } : { kind: "unknown" };
  }
}

/** A channel that changes at each check is checked again a minute later. */
const maxChecks = 3;

/**
 * Checks a channel with Slack, stores its fault and name, and releases its line if nothing is wrong any more. Slack's
 * answer is outdated if an event or a message has changed the fault meanwhile; then Slack is asked again.
 */
export async function recheckChannel(
  { db, slack }: { db: Database; slack: SlackAccess },
  key: ChannelKey,
  because: "bot joined" | "may have changed" = "may have changed",
): Promise<void> {
  const client = await slack.clientFor(key.installationId);
  const line = `${key.installationId}:${key.channelId}`;
  for (let checks = 0; checks < maxChecks; checks++) {
    const before = await readRepairs(db.kysely, line);
    if (before === null) return;
    const check = trustEvent(await checkInSlack(client, key.channelId), because);
    const stored = await transaction(db, async (tx) => {
      if ((await lockRepairs(tx, line)) !== before) return false;
      await storeCheck(tx, key, check);
      return true;
    });
    if (stored) return;
  }
}

async function storeCheck(tx: Transaction, key: ChannelKey, check: ChannelCheck): Promise<void> {
  if (check.kind === "broken") return setChannelFault(tx, key, check.fault);
  if (check.kind === "ok" && check.name) await renameChannel(tx, key, check.name);
  await retryLine(tx, key, check.kind === "ok" ? checkedFaults : []);
}

/** The event that the bot has joined may arrive before Slack's answers show it. */
function trustEvent(check: ChannelCheck, because: "bot joined" | "may have changed"): ChannelCheck {
  const outdated = because === "bot joined" && check.kind === "broken" && check.fault === "not_in_channel";
  return outdated ? { kind: "unknown" } : check;
}

/** Ends the faults in `ended` and opens the line for an attempt, which shows whether other faults persist. */
async function retryLine(
  tx: Transaction,
  { installationId, channelId }: ChannelKey,
  ended: readonly string[],
): Promise<void> {
  const { rows } = await sql`
    update lines set faults_in_a_row = 0, repairs = repairs + 1,
      open_at = case when fault is null then open_at else now() end,
      fault = case when fault = any(${ended}) then null else fault end,
      fault_since = case when fault = any(${ended}) then null else fault_since end
    where installation_id = ${installationId} and channel_id = ${channelId}
    returning 1`.execute(tx);
  if (rows.length > 0) await notify(tx, { settings: "destinations" });
}
