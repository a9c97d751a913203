import { sql } from "kysely";
import { systemActor } from "../../alert/alert.ts";
import { notificationChannel, notify } from "../../db/notify.ts";
import { prepared, type Transaction, transaction } from "../../db/transaction.ts";
import { append, appended, bySystem, kindsToldLate, kindsWithReply } from "../../history/append.ts";
import type { VersionedAlert } from "../../history/find-alerts.ts";
import { eventWaitSeconds } from "../../messages/find-lost.ts";
import { queueReplies } from "../../messages/queue.ts";
import { insertAttempt } from "../../outbox/attempts.ts";
import type { ClaimedLine, PostJob } from "../../outbox/claim-line.ts";
import { failed, sent, unclaimed } from "../../outbox/deliveries.ts";
import type { Deps } from "../../outbox/deps.ts";
import { isOutdated, releaseLine } from "../../outbox/lines.ts";
import {
  countRefusals,
  lineOutcome,
  type NextAttempt,
  nextAttempt,
  retryContext,
} from "../../outbox/next-attempt.ts";
import type { SlackFault } from "../../slack/client/slack-fault.ts";
import type { PostedCard } from "./card-message.ts";

interface PostResult {
  job: PostJob;
  card: PostedCard;
  how: /** `alike` are other alerts with its title. */
    | { kind: "posted"; alert: VersionedAlert; alike: string[] }
    /** Found after a lost answer: it may be out of date, so it is edited. */
    | { kind: "found" }
    /** The card of another delivery of this alert. */
    | { kind: "existing" };
}

/**
 * Settles all deliveries of the alert in this line with the posted card: history, attempts, release of the
 * line. If its destination was deleted, another one of the channel takes the card over, or a last edit says so.
 */
export async function settlePost(
  deps: Pick<Deps, "db" | "pace" | "meter" | "clock" | "log">,
  line: ClaimedLine,
  { job, card, how }: PostResult,
): Promise<void> {
  const permalinkTail = `archives/${line.channelId}/p${card.ts.replace(".", "")}`;
  const posted = how.kind === "posted";
  // The first of two alerts that look the same was drawn without what tells them apart.
  const [first = null, second] = posted ? how.alike : [];
  const lookAlike = second ? null : first;
  const seen = posted ? how.alert : { revision: -1, historySeq: 0 };
  const ofAlert = sql`d.alert_id = alert.id and d.line = ${line.key} and t.id = d.destination_id`;
  const worked = sql`(${posted} and not ${isOutdated(line, posted)})`;
  // A single statement: a process that dies between Slack's answer and this commit posts the card twice.
  const statement = sql`
    with place as (
      select ${card.permalink}::text as existing, i.url || ${permalinkTail} as made, coalesce(
        (select channel_name from destinations d where d.installation_id = i.id and d.channel_id = ${line.channelId}
          order by deleted_at desc nulls first limit 1), ${line.channelId}) as channel_name
      from installations i where i.id = ${line.installationId}
    ), keeper as (
      select t.id from deliveries d join destinations t on t.id = d.destination_id
      where d.alert_id = ${job.alertId} and d.line = ${line.key} and d.state in ('waiting', 'sending')
        and t.deleted_at is null
      order by t.id = ${job.destinationId} desc limit 1
    ), alert as (
      select id, revision, history_seq, severity, status = 'OPEN' and assignee_id is null as unclaimed
      from alerts where id = ${job.alertId} for update
    ), card as (
      insert into cards (id, alert_id, destination_id, line, channel_id, ts, permalink, shape, redraws,
        told_seq, posted_seq, update_due_at, wrong_since, remind_from, remind_at)
      select ${card.id}, alert.id, coalesce(keeper.id, ${job.destinationId}), ${line.key}, ${line.channelId}, ${card.ts},
        place.made, ${job.drawStep}, ${how.kind === "found" ? 1 : 0}, 0, ${seen.historySeq},
        case when alert.revision > ${seen.revision} or keeper.id is null then now() end,
        case when alert.revision > ${seen.revision} or keeper.id is null then now() end,
        case when alert.unclaimed then now() end,
        case when alert.unclaimed then (select now() + make_interval(mins => (reminders -> alert.severity::text
          ->> 'afterMinutes')::int) from destinations where id = coalesce(keeper.id, ${job.destinationId})) end
      from alert cross join place left join keeper on true where ${how.kind !== "existing"}
      on conflict do nothing returning id, alert_id, line
    ), look_alike as (
      update cards set update_wanted = update_wanted + 1, update_due_at = coalesce(update_due_at, now())
      where alert_id = ${lookAlike}::uuid and not gone
        and exists (select from alerts a where a.id = cards.alert_id and a.status in ('OPEN', 'TRIAGED'))
    ), reply as (
      ${queueReplies(sql`(select card.*, ${line.installationId}::uuid as installation_id from card, alert
        where exists (select from history h where h.alert_id = alert.id and (h.kind = any(${kindsToldLate}::text[])
            or h.seq > ${seen.historySeq} and h.kind = any(${kindsWithReply}::text[])))
          -- Entries that were committed while this statement waited for the alert: it can't see them.
          or alert.history_seq > (select max(h.seq) from history h where h.alert_id = alert.id))`)}
    ), sent as (
      ${sent({ from: sql`alert, destinations t`, where: ofAlert }, sql`card_id = ${card.id}`)}
      returning d.id, json_build_object('id', t.id, 'name', t.display_name) as destination
    ), attempts as (
      insert into delivery_attempts (id, delivery_id, outcome, channel_id, permalink)
      select gen_random_uuid(), sent.id,
        case when sent.id = ${job.id} and ${how.kind === "found"} then 'found' else 'sent' end, ${line.channelId}, coalesce(place.existing, place.made)
      from sent, place
    ), entries as (
      select alert.id as alert_id, sent.id as place, ${bySystem}, 'announced' as kind,
        jsonb_build_object('destination', sent.destination, 'place', '#' || place.channel_name,
          'permalink', coalesce(place.existing, place.made)) as data
      from alert, sent, place
    ), ${appended(sql`entries`)}, released as (
      update lines set leased_until = null, leased_by = null,
        fault = case when ${worked} then null else fault end,
        fault_since = case when ${worked} then null else fault_since end,
        repairs = repairs + case when ${worked} and fault is not null then 1 else 0 end,
        faults_in_a_row = case when ${!posted} then faults_in_a_row else 0 end,
        refused_code = case when ${!posted} then refused_code end,
        refused_ids = case when ${!posted} then refused_ids else '{}' end,
        open_at = clock_timestamp() + make_interval(secs => ${posted ? deps.pace.message : 0})
      where key = ${line.key} and leased_by = ${line.lease}
    )
    select pg_notify(${notificationChannel}, ${JSON.stringify({ alerts: [job.alertId] })})`;
  await prepared(deps.db, "settle-post", statement);
  deps.meter.attempted(how.kind === "found" ? "found" : "sent");
  if (posted) deps.meter.announced((deps.clock().getTime() - job.waitingSince.getTime()) / 1000);
  deps.log({ delivery: job.id, line: line.key, attempts: job.attempts, how: how.kind }, "card posted");
}

/** Settles a failed attempt, and schedules the next one. */
export async function settleFault(
  deps: Deps,
  line: ClaimedLine,
  { job, fault }: { job: PostJob; fault: SlackFault },
): Promise<void> {
  const failed = {
    fault,
    attempts: job.attempts,
    faultsInARow: line.faultsInARow,
    waitingSince: job.waitingSince,
    drawStep: job.drawStep,
    refusals: countRefusals(line, { code: fault.code, id: job.id, lastError: job.error }),
  };
  const next = nextAttempt(failed, retryContext(deps));
  await transaction(deps.db, async (tx) => {
    await insertAttempt(tx, {
      deliveryId: job.id,
      outcome: next.kind,
      error: fault.code,
      channelId: line.channelId,
    });
    await reschedule(tx, line, { job, fault, next });
    if (next.kind === "give-up") await appendGivenUp(tx, job, fault);
    await releaseLine(tx, deps, line, lineOutcome(next));
    await notify(tx, { alerts: [job.alertId] });
  });
  deps.meter.attempted(next.kind);
  deps.log({ delivery: job.id, line: line.key, error: fault.code, next: next.kind }, "card not posted");
}

async function reschedule(
  tx: Transaction,
  line: ClaimedLine,
  { job, fault, next }: { job: PostJob; fault: SlackFault; next: NextAttempt },
): Promise<void> {
  const wait = "deliverySeconds" in next ? next.deliverySeconds : 0;
  const seconds = Math.max(wait, fault.answerLost ? eventWaitSeconds(line.scopes) : 0);
  const attempt = {
    error: fault.code,
    givenUp: next.kind === "give-up",
    seconds,
    refused: next.kind === "refuse",
    drawStep: next.kind === "simplify" ? next.drawStep : null,
    maybePosted: fault.answerLost,
  };
  await failed({ where: sql`d.id = ${job.id}` }, attempt).execute(tx);
}

async function appendGivenUp(tx: Transaction, job: PostJob, fault: SlackFault): Promise<void> {
  const { display_name: name } = await tx
    .selectFrom("destinations")
    .select("display_name")
    .where("id", "=", job.destinationId)
    .executeTakeFirstOrThrow();
  const data = { destination: { id: job.destinationId, name }, why: `Slack kept answering ${fault.code}` };
  await append(tx, {
    alertId: job.alertId,
    event: { kind: "not_delivered", data },
    actor: systemActor,
    via: "system",
  });
}

/** Postpones a delivery until its card can be looked up; other deliveries of its line continue. */
export async function postpone(
  deps: Deps,
  line: ClaimedLine,
  { job, seconds }: { job: PostJob; seconds: number },
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    const ours = sql`exists (select from lines where key = ${line.key} and leased_by = ${line.lease})`;
    await unclaimed({ where: sql`d.id = ${job.id} and ${ours}` }, { seconds }).execute(tx);
    await releaseLine(tx, deps, line, { kind: "unused" });
  });
}
