import { sql } from "kysely";
import { transaction } from "../db/transaction.ts";
import { spendUpdate } from "../queue/spend-update.ts";
import type { QuestionView } from "../slack/boomerang/question-view.ts";
import { type Outcome, renderOver } from "../slack/boomerang/render-over.ts";
import { renderQuestion } from "./draw-question.ts";
import { renderReminder } from "../slack/boomerang/render-reminder.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { writeCardMetadata } from "../slack/message.ts";
import { noteUnreachable } from "../triage/boomerang/note-unreachable.ts";
import type { Deps } from "../outbox/deps.ts";
import { hearingSeconds } from "../deliver/slack-bot/lost/hearing-seconds.ts";
import type { AskJob } from "../deliver/boomerang/claim-ask.ts";
import { decideAskFault } from "../deliver/boomerang/decide-ask-fault.ts";
import { takeGate } from "../deliver/boomerang/take-gate.ts";

const repeatNote = "May be a repeat: Slack did not say whether the first one arrived.";

/** Sends a question, redraws one that is over, or reminds of it. */
export async function workOnAsk(deps: Deps, job: AskJob): Promise<void> {
  try {
    const client = await deps.clientFor(job.boomerang.installationId);
    switch (job.what) {
      case "send":
        return await send(deps, client, job);
      case "update":
        return await redraw(deps, client, job);
      case "remind":
        return await remind(deps, client, job);
      default:
        return job.what satisfies never;
    }
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    await settleFault(deps, job, fault);
  }
}

async function send(deps: Deps, client: SlackClient, job: AskJob): Promise<void> {
  const channel = job.kind === "person" ? await client.conversationsOpen(job.slackId) : job.slackId;
  if (!(await takeGate(deps.db, job.boomerang.installationId, channel))) return postpone(deps, job, 1);
  const { ts } = await client.postMessage({
    channel,
    message: renderQuestion(viewOf(deps, job)),
    metadata: writeCardMetadata(job.id),
  });
  const written = sql`
    update boomerang_asks set channel_id = ${channel}, ts = ${ts}, send_at = null, attempts = 0, leased_until = null,
      state = case when state = 'waiting' then 'sent' else state end,
      -- It may have been cancelled while it was on its way.
      update_at = case when state in ('waiting', 'sent') then update_at else now() end
    where id = ${job.id}`;
  await deps.write(() => written.execute(deps.db.kysely));
  deps.log({ ask: job.id }, "question asked");
}

async function redraw(deps: Deps, client: SlackClient, job: AskJob): Promise<void> {
  const { installationId } = job.boomerang;
  // Whoever has just answered waits to see it.
  const kind = job.state === "answered" ? "touched" : "any";
  if (!(await spendUpdate(deps.db.kysely, installationId, kind))) return postpone(deps, job, 1);
  if (job.channelId && job.ts) {
    const message = renderOver(viewOf(deps, job), outcomeOf(job));
    await client.update({ channel: job.channelId, ts: job.ts, message });
  }
  await settle(deps, job);
}

async function remind(deps: Deps, client: SlackClient, job: AskJob): Promise<void> {
  if (job.channelId && job.ts && job.state === "sent") {
    const message = renderReminder(viewOf(deps, job));
    await client.postMessage({ channel: job.channelId, threadTs: job.ts, message });
  }
  await deps.write(() => settle(deps, job));
}

async function settle(deps: Deps, { id, what }: AskJob): Promise<void> {
  await sql`
    update boomerang_asks set leased_until = null, attempts = 0,
      update_at = case when ${what === "update"} then null else update_at end,
      remind_at = case when ${what === "remind"} then null else remind_at end
    where id = ${id}`.execute(deps.db.kysely);
}

async function postpone(
  deps: Deps,
  { id, what }: AskJob,
  seconds: number,
  maybePosted = false,
): Promise<void> {
  await sql`
    update boomerang_asks set leased_until = null, maybe_posted = maybe_posted or ${maybePosted},
      send_at = case when ${what === "send"} then now() + make_interval(secs => ${seconds}) else send_at end,
      update_at = case when ${what === "update"} then now() + make_interval(secs => ${seconds}) else update_at end,
      remind_at = case when ${what === "remind"} then now() + make_interval(secs => ${seconds}) else remind_at end
    where id = ${id}`.execute(deps.db.kysely);
}

async function settleFault(deps: Deps, job: AskJob, fault: SlackFault): Promise<void> {
  deps.log({ ask: job.id, what: job.what, error: fault.code }, "a question's message failed");
  const next = decideAskFault(job, fault, deps.jitter());
  switch (next.kind) {
    case "again":
      return postpone(
        deps,
        job,
        fault.answerLost ? hearing(job, next.seconds) : next.seconds,
        fault.answerLost,
      );
    case "unreachable":
      return transaction(deps.db, (tx) => noteUnreachable(tx, job.id, next.why));
    case "leave":
      return settle(deps, job);
    default:
      return next satisfies never;
  }
}

/** Slack's event gets the time to say that the first one stands. */
function hearing({ scopes }: AskJob, seconds: number): number {
  return Math.max(seconds, hearingSeconds(scopes));
}

function viewOf(deps: Deps, { id, kind, boomerang, maybePosted, what }: AskJob): QuestionView {
  const { question, answers, askedBy, timezone, expiresAt } = boomerang;
  return {
    askId: id,
    kind,
    asker: askedBy.name,
    question,
    answers,
    timezone,
    until: new Date(expiresAt),
    now: deps.clock(),
    ...(maybePosted && what === "send" && { note: repeatNote }),
  };
}

function outcomeOf({ answer, answeredBy, answeredAt, boomerang }: AskJob): Outcome {
  if (answer && answeredAt)
    return { kind: "answered", answer, by: answeredBy?.name ?? "Somebody", at: new Date(answeredAt) };
  return { kind: boomerang.state === "cancelled" ? "cancelled" : "expired" };
}
