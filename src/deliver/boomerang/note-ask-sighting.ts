import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";

/** A question's message was seen in Slack. It need not be sent again, should its answer be lost. Says whether it was one. */
export async function noteAskSighting(
  db: Database["kysely"],
  seen: { installationId: string; channelId: string; ts: string; askId: string },
): Promise<boolean> {
  const { rows } = await sql`
    update boomerang_asks k set channel_id = ${seen.channelId}, ts = ${seen.ts}, send_at = null,
      state = case when k.state = 'waiting' then 'sent' else k.state end,
      -- What was taken back while it was on its way has to be redrawn.
      update_at = case when k.state = 'waiting' then k.update_at else now() end
    from boomerangs b
    where k.id = ${seen.askId} and k.ts is null and b.id = k.boomerang_id
      and b.installation_id = ${seen.installationId}
    returning 1`.execute(db);
  return rows.length > 0;
}
