import { sql } from "kysely";
import { systemActor } from "../alert/actor.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { toldKinds } from "../history/effects.ts";
import type { StandingAlert } from "../history/find-alerts.ts";
import { record } from "../history/record.ts";
import type { ClaimedLine, PostJob } from "../queue/claim-line.ts";
import { releaseLine } from "../queue/release-line.ts";
import type { StandingCard } from "./card-of.ts";
import type { Deps } from "./deps.ts";
import { keepAttempt } from "./keep-attempt.ts";

interface Posted {
  job: PostJob;
  card: StandingCard;
  /** The alert as it was drawn; null if the card stood there before. */
  posted: StandingAlert | null;
}

/**
 * Writes down that a card stands: for every delivery of the alert in this line, which has one channel and so
 * one card. What changed while it was on its way is due at once.
 */
export async function settlePost(
  deps: Deps,
  line: ClaimedLine,
  { job, card, posted }: Posted,
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    const place = await placeOf(tx, line);
    const permalink = card.permalink ?? `${place.url}archives/${line.channelId}/p${card.ts.replace(".", "")}`;
    await sql`select from alerts where id = ${job.alertId} for update`.execute(tx);
    if (posted) await keepCard(tx, line, { job, card: { ...card, permalink }, posted });
    const sent = await markSent(tx, line, job, card.id);
    for (const { id, destination } of sent) {
      await keepAttempt(tx, { deliveryId: id, outcome: "sent", channelId: line.channelId, permalink });
      const data = { destination, place: `#${place.channelName}`, permalink };
      await record(tx, {
        alertId: job.alertId,
        event: { kind: "announced", data },
        actor: systemActor,
        via: "system",
      });
    }
    await releaseLine(tx, { key: line.key, me: deps.me, end: { kind: posted ? "used" : "unused" } });
  });
  deps.log({ delivery: job.deliveryId, line: line.key, attempts: job.attempts }, "card posted");
}

async function placeOf(tx: Transaction, line: ClaimedLine): Promise<{ url: string; channelName: string }> {
  const { rows } = await sql<{ url: string; channelName: string }>`
    select i.url, coalesce((select channel_name from destinations d
        where d.installation_id = i.id and d.channel_id = ${line.channelId}
        order by deleted_at desc nulls first limit 1), ${line.channelId}) as "channelName"
    from installations i where i.id = ${line.installationId}`.execute(tx);
  const [place] = rows;
  if (!place) throw new Error(`the installation of the line ${line.key} is gone`);
  return place;
}

async function keepCard(
  tx: Transaction,
  line: ClaimedLine,
  { job, card, posted }: Posted & { posted: StandingAlert },
): Promise<void> {
  await sql`
    insert into cards (id, alert_id, destination_id, line, channel_id, ts, permalink, shape, told_seq,
      update_due_at, reply_due_at)
    select ${card.id}, a.id, ${job.destinationId}, ${line.key}, ${line.channelId}, ${card.ts}, ${card.permalink},
      ${job.shape}, ${posted.historySeq},
      case when a.revision > ${posted.revision} then now() end,
      case when exists (select from history h where h.alert_id = a.id and h.seq > ${posted.historySeq}
        and h.kind = any(${toldKinds})) then now() end
    from alerts a where a.id = ${job.alertId}
    on conflict do nothing`.execute(tx);
}

async function markSent(
  tx: Transaction,
  line: ClaimedLine,
  job: PostJob,
  cardId: string,
): Promise<{ id: string; destination: { id: string; name: string } }[]> {
  const { rows } = await sql<{ id: string; destination: { id: string; name: string } }>`
    update deliveries d set state = 'sent', error = null, last_attempt_at = now(), card_id = ${cardId}
    from destinations t
    where d.alert_id = ${job.alertId} and d.line = ${line.key} and d.state in ('waiting', 'sending')
      and t.id = d.destination_id
    returning d.id, json_build_object('id', t.id, 'name', t.display_name) as destination`.execute(tx);
  return rows;
}
