import { sql } from "kysely";
import type { Actor } from "../../alert/actor.ts";
import type { CommentTold } from "../../alert/history-event.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import { record } from "../../history/append.ts";
import { audit } from "../../people/audit.ts";

/** A message in Slack that somebody wants kept as a comment. */
export interface Keeping {
  alertId: string;
  channelId: string;
  ts: string;
  actor: Actor;
  data: CommentTold;
}

/** Keeps a message with an alert for somebody who may; "already" if it is kept there, by them or by others. */
export function keepWithAlert(
  db: Database,
  { alertId, channelId, ts, actor, data }: Keeping,
): Promise<"kept" | "already"> {
  return transaction(db, async (tx) => {
    await sql`select from alerts where id = ${alertId} for update`.execute(tx);
    const { rows } = await sql`
      select from thread_messages where channel_id = ${channelId} and ts = ${ts} and alert_id = ${alertId}`.execute(
      tx,
    );
    if (rows.length > 0) return "already";
    const by = { actor, via: "slack" } as const;
    const { seq } = await record(tx, { alertId, event: { kind: "commented", data }, ...by });
    await sql`
      insert into thread_messages (channel_id, ts, alert_id, seq)
      values (${channelId}, ${ts}, ${alertId}, ${seq})`.execute(tx);
    await audit(
      tx,
      { ...by, ip: null },
      {
        action: "alert.commented",
        target: { type: "alert", id: alertId },
      },
    );
    return "kept";
  });
}
