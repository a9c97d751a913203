import { type Kysely, sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import { notify } from "../../db/notify.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { move } from "../../outbox/deliveries.ts";
import { ensureLine } from "../../outbox/lines.ts";
import { channelDeleted } from "../../slack/client/slack-fault.ts";

/**
 * Moves destinations, waiting deliveries and cards to a channel's new id, which Slack gives for example when
 * workspaces join an organisation. A delivery that is being sent is moved when it fails.
 */
export async function moveChannel(
  db: Database,
  { installationId, channelId }: ChannelKey,
  to: string,
): Promise<void> {
  await transaction(db, async (tx) => {
    const moved = await tx
      .updateTable("destinations")
      .set({ channel_id: to })
      .where("installation_id", "=", installationId)
      .where("channel_id", "=", channelId)
      .returning("id")
      .execute();
    if (moved.length === 0) return;
    const line = await ensureLine(tx, { installationId, channelId: to, fault: null });
    const oldLine = `${installationId}:${channelId}`;
    await move({ where: sql`d.line = ${oldLine}` }, line).execute(tx);
    await sql`
      update messages set line = ${line}, channel_id = case when channel_id = ${channelId} then ${to} else channel_id end
      where line = ${oldLine}`.execute(tx);
    await moveDigests(tx, oldLine, line);
    await sql`update cards set line = ${line}, channel_id = ${to} where line = ${oldLine}`.execute(tx);
    await notify(tx, { settings: "destinations" });
  });
}

/** Continues a storm on the new line. */
async function moveDigests(tx: Transaction, from: string, to: string): Promise<void> {
  await sql`update digests set line = ${to} where line = ${from}`.execute(tx);
  await sql`
    update lines l set digest_id = old.digest_id
    from lines old where l.key = ${to} and old.key = ${from} and l.digest_id is null`.execute(tx);
  await sql`update lines set digest_id = null where key = ${from}`.execute(tx);
}

/** A channel and the installation that posts there. */
export interface ChannelKey {
  installationId: string;
  channelId: string;
}

/** Stores a fault that Slack reported for a channel, so that its destinations show it before a delivery fails. */
export async function setChannelFault(
  db: Kysely<Tables>,
  { installationId, channelId }: ChannelKey,
  fault: string,
): Promise<void> {
  const { rows } = await sql`
    update lines set fault = ${fault}, fault_since = coalesce(fault_since, now()), repairs = repairs + 1
    where installation_id = ${installationId} and channel_id = ${channelId}
      and fault is distinct from ${fault}
      and not coalesce(fault = ${channelDeleted} and ${fault} = 'channel_not_found', false)
    returning 1`.execute(db);
  if (rows.length > 0) await notify(db, { settings: "destinations" });
}

/** Stores a channel's new name. */
export async function renameChannel(
  db: Kysely<Tables>,
  { installationId, channelId }: ChannelKey,
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
  if (renamed.length > 0) await notify(db, { settings: "destinations" });
}
