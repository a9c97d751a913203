import { sql } from "kysely";
import type { EditJob } from "../../messages/claim-edit.ts";
import { nextEdit } from "../../messages/next-edit.ts";
import { queuedAgain } from "../../outbox/deliveries.ts";
import type { Deps } from "../../outbox/deps.ts";
import { stillLeased } from "../../outbox/lease.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { drawAlertCard, readCardData } from "./card-message.ts";

interface DueCard {
  alert_id: string;
  destination_id: string;
  line: string;
  channel_id: string;
  ts: string;
  redraws: number;
  shape: number;
  attempts: number;
  catching_up: "no" | "due" | "shown";
}

/** Edits a card so that it shows the current state of its alert. */
export async function editCard(deps: Deps, job: EditJob): Promise<void> {
  const card: DueCard = await deps.db.kysely
    .selectFrom("cards")
    .select(["alert_id", "destination_id", "line", "channel_id", "ts", "redraws", "shape", "attempts"])
    .select("catching_up")
    .where("id", "=", job.id)
    .executeTakeFirstOrThrow();
  const { alert_id: alertId, destination_id: destinationId, line, redraws, shape } = card;
  try {
    const [client, found] = await Promise.all([
      deps.clientFor(job.installationId),
      readCardData(deps.db, { alertId, destinationId, line }),
    ]);
    const { installationId } = job;
    const note = card.catching_up === "no" ? {} : { note: "Changed in Tocsin" };
    const { message, frozen } = await drawAlertCard(deps, found, { installationId, redraws, shape, ...note });
    if (!(await stillLeased(deps, "cards", job))) return;
    await client.update({ channel: card.channel_id, ts: card.ts, message });
    await (frozen ? freeze(deps, job) : settle(deps, job, card));
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    await settleFault(deps, { job, card, fault });
  }
}

/** Marks the edit as done. The card stays due if there were changes during the edit. */
async function settle({ db }: Deps, job: EditJob, drawn: DueCard): Promise<void> {
  await sql`
    update cards set leased_until = null, attempts = 0,
      catching_up = case when catching_up = ${drawn.catching_up} and catching_up = 'due' then 'shown'
        else catching_up end,
      update_due_at = case when update_wanted = ${job.wanted} then null else update_due_at end,
      wrong_since = case when update_wanted = ${job.wanted} then null else wrong_since end,
      counted_at = case when ${job.countOnly} then now() else counted_at end,
      count_wait = case when not ${job.countOnly} then count_wait
        when counted_at > now() - make_interval(secs => 2 * count_wait) then least(300, 2 * count_wait) else 3 end
    where id = ${job.id}`.execute(db.kysely);
}

/** Ends edits of the card and replies in its thread. */
async function freeze({ db }: Deps, job: EditJob): Promise<void> {
  await sql`
    update cards set gone = true, update_due_at = null, leased_until = null
    where id = ${job.id}`.execute(db.kysely);
}

async function settleFault(
  deps: Deps,
  { job, card, fault }: { job: EditJob; card: DueCard; fault: SlackFault },
): Promise<void> {
  deps.log({ card: job.id, error: fault.code }, "card not edited");
  const next = nextEdit(fault, { attempts: card.attempts, drawStep: card.shape }, deps.jitter());
  switch (next.kind) {
    case "again":
      return tryAgain(deps, job, {
        seconds: next.seconds,
        pauseWorkspace: next.pauseSeconds,
        shape: card.shape,
      });
    case "simplify":
      return tryAgain(deps, job, { seconds: 0, pauseWorkspace: 0, shape: next.drawStep });
    case "gone":
      return next.deleted ? repost(deps, job, card) : stopEditing(deps, job);
    case "leave":
      return stopEditing(deps, job);
    default:
      return next satisfies never;
  }
}

async function tryAgain(
  { db }: Deps,
  job: EditJob,
  { seconds, pauseWorkspace, shape }: { seconds: number; pauseWorkspace: number; shape: number },
): Promise<void> {
  await sql`
    with paused as (
      update installations set updates_open_at = greatest(updates_open_at,
        clock_timestamp() + make_interval(secs => ${pauseWorkspace}))
      where id = ${job.installationId} and ${pauseWorkspace > 0}
    )
    update cards set leased_until = null, attempts = attempts + 1, shape = ${shape},
      update_due_at = now() + make_interval(secs => ${seconds})
    where id = ${job.id}`.execute(db.kysely);
}

/** The card was deleted in Slack: posts it again, but only while the alert is open. */
async function repost({ db }: Deps, job: EditJob, card: DueCard): Promise<void> {
  const ofCard = sql`d.alert_id = gone.alert_id and d.line = ${card.line} and d.card_id = ${job.id}`;
  await sql`
    with gone as (
      delete from cards c using alerts a
      where c.id = ${job.id} and a.id = c.alert_id and a.status in ('OPEN', 'TRIAGED') returning c.alert_id
    ), again as (
      ${queuedAgain({ from: sql`gone`, where: ofCard }, { asked: false, error: "message_not_found" })}
    )
    update cards set gone = true, update_due_at = null, leased_until = null
    where id = ${job.id} and not exists (select from gone)`.execute(db.kysely);
}

/** Slack takes no further edit of the card; replies in its thread continue. */
async function stopEditing({ db }: Deps, job: EditJob): Promise<void> {
  await sql`
    update cards set leased_until = null, wrong_since = null,
      update_due_at = case when update_wanted = ${job.wanted} then null else update_due_at end
    where id = ${job.id}`.execute(db.kysely);
}
