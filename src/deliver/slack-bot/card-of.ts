import type { Database } from "../../db/connect.ts";

/** A card that stands in Slack. */
export interface StandingCard {
  id: string;
  ts: string;
  permalink: string | null;
}

/** The card of an alert in a line's channel, if one stands there. */
export async function cardOf(db: Database, alertId: string, line: string): Promise<StandingCard | null> {
  const card = await db.kysely
    .selectFrom("cards")
    .select(["id", "ts", "permalink"])
    .where("alert_id", "=", alertId)
    .where("line", "=", line)
    .executeTakeFirst();
  return card ?? null;
}
