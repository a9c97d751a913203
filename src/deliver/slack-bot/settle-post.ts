import { sql } from "kysely";
import { bellChannel } from "../../db/bell.ts";
import { prepared } from "../../db/prepared.ts";
import type { StandingAlert } from "../../history/find-alerts.ts";
import type { ClaimedLine, PostJob } from "../../queue/claim-line.ts";
import { messageIntervalSeconds } from "../../queue/release-line.ts";
import type { Deps } from "../deps.ts";
import type { StandingCard } from "./card-of.ts";

interface Posted {
  job: PostJob;
  card: StandingCard;
  /** The alert as it was drawn; null if the card stood there before. */
  posted: StandingAlert | null;
}

/**
 * Writes down that a card stands, for every delivery of the alert in this line, which has one channel and so
 * one card; tells the history, keeps the attempt and gives the line back. What changed while the card was on
 * its way is due at once.
 *
 * All in one statement: a process that dies between Slack's answer and this commit posts twice, so nothing
 * may make that moment longer.
 */
export async function settlePost(
  deps: Deps,
  line: ClaimedLine,
  { job, card, posted }: Posted,
): Promise<void> {
  const permalinkTail = `archives/${line.channelId}/p${card.ts.replace(".", "")}`;
  const seen = posted ?? { revision: 0, historySeq: 0 };
  const statement = sql`
    with place as (
      select ${card.permalink}::text as standing, i.url || ${permalinkTail} as made, coalesce(
        (select channel_name from destinations d where d.installation_id = i.id and d.channel_id = ${line.channelId}
          order by deleted_at desc nulls first limit 1), ${line.channelId}) as channel_name
      from installations i where i.id = ${line.installationId}
    ), alert as (
      select id, revision, history_seq from alerts where id = ${job.alertId} for update
    ), card as (
      insert into cards (id, alert_id, destination_id, line, channel_id, ts, permalink, shape, told_seq,
        update_due_at, reply_due_at)
      select ${card.id}, alert.id, ${job.destinationId}, ${line.key}, ${line.channelId}, ${card.ts}, place.made,
        ${job.shape}, ${seen.historySeq}, case when alert.revision > ${seen.revision} then now() end,
        case when alert.history_seq > ${seen.historySeq} then now() end
      from alert, place where ${posted !== null}
      on conflict do nothing
    ), sent as (
      update deliveries d set state = 'sent', error = null, last_attempt_at = now(), card_id = ${card.id}
      from alert, destinations t
      where d.alert_id = alert.id and d.line = ${line.key} and d.state in ('waiting', 'sending')
        and t.id = d.destination_id
      returning d.id, json_build_object('id', t.id, 'name', t.display_name) as destination
    ), attempts as (
      insert into delivery_attempts (id, delivery_id, outcome, channel_id, permalink)
      select gen_random_uuid(), sent.id, 'sent', ${line.channelId}, coalesce(place.standing, place.made)
      from sent, place
    ), numbered as (
      update alerts a set history_seq = a.history_seq + (select count(*) from sent)
      from alert where a.id = alert.id
    ), told as (
      insert into history (alert_id, seq, actor_type, actor_name, via, kind, data)
      select alert.id, alert.history_seq + row_number() over (order by sent.id), 'system', 'Tocsin', 'system',
        'announced', json_build_object('destination', sent.destination, 'place', '#' || place.channel_name,
          'permalink', coalesce(place.standing, place.made))
      from alert, sent, place
    ), released as (
      update lines set leased_until = null, leased_by = null,
        fault = case when ${posted === null} then fault end,
        fault_since = case when ${posted === null} then fault_since end,
        faults_in_a_row = case when ${posted === null} then faults_in_a_row else 0 end,
        open_at = clock_timestamp() + make_interval(secs => ${posted ? messageIntervalSeconds : 0})
      where key = ${line.key} and leased_by = ${deps.me}
    )
    select pg_notify(${bellChannel}, ${JSON.stringify({ alerts: [job.alertId] })})`;
  await prepared(deps.db, "settle-post", statement);
  deps.log({ delivery: job.deliveryId, line: line.key, attempts: job.attempts }, "card posted");
}
