import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { noteSighting } from "../deliver/slack-bot/lost/note-sighting.ts";

/** What Tocsin knows of a card that somebody has clicked on. */
export type Recognised =
  /** It is the card, or a message that says nothing of an alert's card. */
  | { kind: "known" }
  /** Its answer was lost: it becomes the card. */
  | { kind: "found" }
  /** The alert has another card in this channel, which is kept up to date. */
  | { kind: "repeat"; number: number; permalink: string | null };

interface Clicked {
  installationId: string;
  channelId: string;
  ts: string;
  alertId: string;
}

/** Compares a clicked card with the one that stands, and takes it for that one if none is known to stand. */
export async function recogniseCard(db: Database["kysely"], clicked: Clicked): Promise<Recognised> {
  const { installationId, channelId, ts, alertId } = clicked;
  const { rows } = await sql<{ ts: string; number: number; permalink: string | null }>`
    select c.ts, a.number, c.permalink from cards c join alerts a on a.id = c.alert_id
    where c.alert_id = ${alertId} and c.line = ${`${installationId}:${channelId}`}`.execute(db);
  const [standing] = rows;
  if (standing) return standing.ts === ts ? { kind: "known" } : { ...standing, kind: "repeat" };
  const found = await noteSighting(db, { installationId, channelId, ts, of: { alertId } });
  return { kind: found ? "found" : "known" };
}
