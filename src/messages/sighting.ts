import { sql } from "kysely";
import type { Database } from "../db/connect.ts";

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

/**
 * Keeps where a digest was seen if Slack has not confirmed yet that it stands: whoever takes it next adopts
 * that message. Says whether it was news.
 */
export async function noteDigestSighting(
  db: Database["kysely"],
  { digestId, line, ts }: { digestId: string; line: string; ts: string },
): Promise<boolean> {
  const { rows } = await sql`
    with seen as (
      update digests set seen_ts = coalesce(seen_ts, ${ts})
      where id = ${digestId} and line = ${line} and digests.ts is null and (sending or maybe_posted) returning id
    )
    update lines set digest_due_at = least(digest_due_at, now())
    from seen where key = ${line} and digest_id = seen.id returning 1`.execute(db);
  return rows.length > 0;
}

/** A card of ours that was seen in a channel: by Slack's event, which names its delivery, or by a click. */
interface Sighting {
  installationId: string;
  channelId: string;
  ts: string;
  of: { deliveryId: string } | { alertId: string };
}

/**
 * Keeps what was seen if its delivery doesn't know yet whether its card stands: whoever takes that delivery
 * next adopts the card instead of posting another. It may come before the answer of our own post, or after
 * we have given up. Says whether it was news.
 */
export async function noteSighting(db: Database["kysely"], sighting: Sighting): Promise<boolean> {
  const { installationId, channelId, ts, of } = sighting;
  const which = "deliveryId" in of ? sql`d.id = ${of.deliveryId}` : sql`d.alert_id = ${of.alertId}`;
  const { rows } = await sql`
    update deliveries d set seen_ts = coalesce(seen_ts, ${ts}), run_at = now(),
      state = case when state = 'failed' then 'waiting' else state end
    where ${which} and d.line = ${`${installationId}:${channelId}`}
      and (state = 'sending' or (maybe_posted and state in ('waiting', 'failed')))
    returning 1`.execute(db);
  return rows.length > 0;
}
