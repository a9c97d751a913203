import { sql } from "kysely";
import { ring } from "../../../db/bell.ts";
import type { Database } from "../../../db/connect.ts";
import { transaction } from "../../../db/transaction.ts";
import { standLine } from "../stand-line.ts";
import type { ChannelPlace } from "./channel-place.ts";

/**
 * Slack has given a channel another id, as when workspaces are moved into one organisation: destinations,
 * what waits and the cards that stand go on under it. A delivery that is on its way is put right when it fails.
 */
export async function moveChannel(
  db: Database,
  { installationId, channelId }: ChannelPlace,
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
    const line = await standLine(tx, { installationId, channelId: to, fault: null });
    const before = `${installationId}:${channelId}`;
    await sql`update deliveries set line = ${line} where line = ${before} and state = 'waiting'`.execute(tx);
    await sql`update cards set line = ${line}, channel_id = ${to} where line = ${before}`.execute(tx);
    await ring(tx, { settings: "destinations" });
  });
}
