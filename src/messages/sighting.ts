import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { seen } from "../outbox/deliveries.ts";

/** What a message is that somebody has clicked on. */
export type ClickedCard =
  /** The current card, or a message unrelated to any card. */
  | { kind: "known" }
  /** A card whose answer was lost; it becomes the current card. */
  | { kind: "found" }
  /** A repeat: the alert has another, current card in this channel. */
  | { kind: "repeat"; number: number; permalink: string | null };

interface Clicked {
  installationId: string;
  channelId: string;
  ts: string;
  alertId: string;
}

/**
 * Compares a clicked message with the alert's current card in the channel, and adopts it if there is none.
 */
export async function identifyClickedCard(db: Database["kysely"], clicked: Clicked): Promise<ClickedCard> {
  const { installationId, channelId, ts, alertId } = clicked;
  const { rows } = await sql<{ ts: string; number: number; permalink: string | null }>`
    select c.ts, a.number, c.permalink from cards c join alerts a on a.id = c.alert_id
    where c.alert_id = ${alertId} and c.line = ${`${installationId}:${channelId}`}`.execute(db);
  const [card] = rows;
  if (card) return card.ts === ts ? { kind: "known" } : { ...card, kind: "repeat" };
  const found = await recordSighting(db, { installationId, channelId, ts, of: { alertId } });
  return { kind: found ? "found" : "known" };
}

/** Records where a message was seen whose answer is not known; its next job takes it as posted. Returns whether it was one. */
export async function sighted(
  db: Database["kysely"],
  { id, installationId, ts }: { id: string; installationId: string; ts: string },
): Promise<boolean> {
  const { rows } = await sql`
    update messages set seen_ts = coalesce(seen_ts, ${ts}), due_at = least(due_at, now())
    where id = ${id} and installation_id = ${installationId} and (state = 'posting' or unsure_since is not null)
    returning 1`.execute(db);
  return rows.length > 0;
}

/** A card seen in a channel: through Slack's event, which has the delivery's id, or through a click. */
interface Sighting {
  installationId: string;
  channelId: string;
  ts: string;
  of: { deliveryId: string } | { alertId: string };
}

/**
 * Records a card of an unconfirmed or failed delivery; its next job adopts the card instead of posting
 * another one. Returns whether anything was recorded.
 */
export async function recordSighting(db: Database["kysely"], sighting: Sighting): Promise<boolean> {
  const { installationId, channelId, ts, of } = sighting;
  const which = "deliveryId" in of ? sql`d.id = ${of.deliveryId}` : sql`d.alert_id = ${of.alertId}`;
  const { rows } = await sql`
    ${seen({ where: sql`${which} and d.line = ${`${installationId}:${channelId}`}` }, ts)} returning 1`.execute(
    db,
  );
  return rows.length > 0;
}
