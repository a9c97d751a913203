import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import { prepared } from "../../db/prepared.ts";

/** The thread of a card that is kept up to date. */
export interface CardThread {
  alertId: string;
  number: number;
  cardId: string;
  /** Whether what people write there is kept as comments. */
  mirrored: boolean;
}

/** Whose card a message of Slack is; null if it is no card, or one that is frozen. */
export async function findThread(
  db: Database,
  { channelId, ts }: { channelId: string; ts: string },
): Promise<CardThread | null> {
  const statement = sql<CardThread>`
    select c.alert_id as "alertId", a.number, c.id as "cardId",
      coalesce((select thread_mirror from slack_app), false) as mirrored
    from cards c join alerts a on a.id = c.alert_id join destinations d on d.id = c.destination_id
    where c.channel_id = ${channelId} and c.ts = ${ts} and d.deleted_at is null`;
  const [found] = await prepared(db, "find-thread", statement);
  return found ?? null;
}
