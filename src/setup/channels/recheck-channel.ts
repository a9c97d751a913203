import { ring } from "../../db/bell.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import { openLines } from "./open-lines.ts";

/**
 * Something changed in a channel, as the bot was invited: what waits there goes out now. Whether it works
 * shows at the first of them, and nothing is asked of Slack here.
 */
export async function recheckChannel(db: Database, installationId: string, channelId: string): Promise<void> {
  await transaction(db, async (tx) => {
    const opened = await openLines(tx, { installationId, channelId });
    if (opened > 0) await ring(tx, { settings: "destinations" });
  });
}
