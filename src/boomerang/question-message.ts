import { sql } from "kysely";
import type { Actor } from "../alert/alert.ts";
import type { Answer, AnswerFormat } from "../alert/boomerang.ts";
import { transaction } from "../db/transaction.ts";
import { spendEdit } from "../messages/claim-edit.ts";
import { eventWaitSeconds } from "../messages/find-lost.ts";
import type { Deps } from "../outbox/deps.ts";
import { type RowClaim, stillLeased } from "../outbox/lease.ts";
import { reserveMessage } from "../outbox/lines.ts";
import type { Job, JobSource } from "../outbox/worker.ts";
import { type FaultContext, remedy } from "../slack/client/remedy.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { type FaultFacts, isAppFault, SlackFault } from "../slack/client/slack-fault.ts";
import { writeCardMetadata } from "../slack/message.ts";
import {
  drawClosedQuestion,
  drawQuestion,
  drawQuestionReminder,
  type Outcome,
  type QuestionView,
} from "./draw-question.ts";
import { markUnreachable, remindOrExpire } from "./pass-time.ts";

const repeatNote = "May be a repeat: Slack did not confirm the first message.";

/** Sends a question, edits one that is over, or sends its reminder. */
async function runQuestionJob(deps: Deps, job: QuestionJob): Promise<void> {
  try {
    const client = await deps.clientFor(job.boomerang.installationId);
    switch (job.what) {
      case "send":
        return await send(deps, client, job);
      case "update":
        return await edit(deps, client, job);
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

async function send(deps: Deps, client: SlackClient, job: QuestionJob): Promise<void> {
  const channel = job.kind === "person" ? await client.conversationsOpen(job.slackId) : job.slackId;
  const line = `${job.boomerang.installationId}:${channel}`;
  if ((await reserveMessage(deps, line)) !== "reserved") return postpone(deps, job, 1);
  if (!(await stillLeased(deps, "boomerang_asks", job))) return;
  const { ts } = await client.postMessage({
    channel,
    message: drawQuestion(toView(deps, job)),
    metadata: writeCardMetadata(job.id),
  });
  const written = sql`
    update boomerang_asks set channel_id = ${channel}, ts = ${ts}, send_at = null, attempts = 0, leased_until = null,
      state = case when state = 'waiting' then 'sent' else state end,
      -- Cancelled while it was being sent: edit it next.
      update_at = case when state in ('waiting', 'sent') then update_at else now() end
    where id = ${job.id}`;
  await deps.write(() => written.execute(deps.db.kysely));
  deps.log({ recipient: job.id }, "question sent");
}

async function edit(deps: Deps, client: SlackClient, job: QuestionJob): Promise<void> {
  const { installationId } = job.boomerang;
  // A person who has just answered waits to see the result.
  const kind = job.state === "answered" ? "touched" : "any";
  if (!(await spendEdit(deps.db.kysely, installationId, kind))) return postpone(deps, job, 1);
  if (job.channelId && job.ts) {
    const message = drawClosedQuestion(toView(deps, job), toOutcome(job));
    await client.update({ channel: job.channelId, ts: job.ts, message });
  }
  await settle(deps, job);
}

async function remind(deps: Deps, client: SlackClient, job: QuestionJob): Promise<void> {
  if (job.channelId && job.ts && job.state === "sent") {
    const message = drawQuestionReminder(toView(deps, job));
    await client.postMessage({ channel: job.channelId, threadTs: job.ts, message });
  }
  await deps.write(() => settle(deps, job));
}

async function settle(deps: Deps, { id, what }: QuestionJob): Promise<void> {
  await sql`
    update boomerang_asks set leased_until = null, attempts = 0,
      update_at = case when ${what === "update"} then null else update_at end,
      remind_at = case when ${what === "remind"} then null else remind_at end
    where id = ${id}`.execute(deps.db.kysely);
}

async function postpone(
  deps: Deps,
  { id, what }: QuestionJob,
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

async function settleFault(deps: Deps, job: QuestionJob, fault: SlackFault): Promise<void> {
  deps.log({ recipient: job.id, what: job.what, error: fault.code }, "a question's message failed");
  const next = decideQuestionFault(job, fault, deps.jitter());
  switch (next.kind) {
    case "retry":
      return postpone(
        deps,
        job,
        fault.answerLost ? afterEvent(job, next.seconds) : next.seconds,
        fault.answerLost,
      );
    case "unreachable":
      return transaction(deps.db, (tx) => markUnreachable(tx, job.id, next.why));
    case "leave":
      return settle(deps, job);
    default:
      return next satisfies never;
  }
}

/** Leaves Slack time to report by event that the first message was posted. */
function afterEvent({ scopes }: QuestionJob, seconds: number): number {
  return Math.max(seconds, eventWaitSeconds(scopes));
}

function toView(deps: Deps, { id, kind, boomerang, maybePosted, what }: QuestionJob): QuestionView {
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

function toOutcome({ answer, answeredBy, answeredAt, boomerang }: QuestionJob): Outcome {
  if (answer && answeredAt)
    return { kind: "answered", answer, by: answeredBy?.name ?? "Somebody", at: new Date(answeredAt) };
  return { kind: boomerang.state === "cancelled" ? "cancelled" : "expired" };
}

const maxParallel = 4;

/** The jobs of Boomerangs: messages, reminders and expiry. */
export function boomerangJobs(deps: Deps): JobSource[] {
  return [
    { maxConcurrent: maxParallel, claim: () => claimQuestion(deps) },
    { maxConcurrent: 1, claim: () => claimDue(deps) },
  ];
}

const jobWithoutLine = (run: () => Promise<void>): Job => ({ run, line: null, restMs: 0 });

async function claimQuestion(deps: Deps): Promise<Job | null> {
  const job = await claimQuestionJob(deps);
  return job && jobWithoutLine(() => runQuestionJob(deps, job));
}

/** Claims a Boomerang to remind or expire. The claim moves `due_at` by a minute, so a dead node delays it that long. */
async function claimDue({ db }: Deps): Promise<Job | null> {
  const { rows } = await sql<{ id: string }>`
    update boomerangs set due_at = now() + interval '1 minute'
    where id = (select id from boomerangs where due_at <= now() order by due_at limit 1 for update skip locked)
    returning id`.execute(db.kysely);
  const [due] = rows;
  return due ? jobWithoutLine(() => transaction(db, (tx) => remindOrExpire(tx, due.id))) : null;
}

/** A message to send, edit or remind of, for one recipient. */
interface QuestionJob extends RowClaim {
  what: "send" | "update" | "remind";
  kind: "person" | "channel";
  slackId: string;
  channelId: string | null;
  ts: string | null;
  attempts: number;
  /** An earlier attempt may have posted the message. */
  maybePosted: boolean;
  state: "waiting" | "sent" | "unreachable" | "answered" | "over";
  answer: Answer | null;
  answeredBy: { id: string; name: string } | null;
  answeredAt: Date | null;
  createdAt: Date;
  /** The scopes that the installation was granted. */
  scopes: readonly string[];
  boomerang: {
    installationId: string;
    alertId: string;
    question: string;
    answers: AnswerFormat;
    askedBy: Actor;
    timezone: string;
    state: "open" | "answered" | "expired" | "cancelled";
    expiresAt: string;
  };
}

/** Claims a due job. A lease that was not released belongs to a dead worker, which may have posted the message. */
async function claimQuestionJob({ db, pace }: Deps): Promise<QuestionJob | null> {
  const claimedAt = performance.now();
  const { rows } = await sql<Omit<QuestionJob, "claimedAt">>`
    with due as (
      select id, leased_until is not null and ts is null as left_behind from boomerang_asks
      where least(send_at, update_at, remind_at) <= now() and (leased_until is null or leased_until <= now())
      order by least(send_at, update_at, remind_at) limit 1 for update skip locked
    ), leased as (
      update boomerang_asks k set leased_until = now() + make_interval(secs => ${pace.jobLease}),
        attempts = attempts + 1, maybe_posted = maybe_posted or left_behind
      from due where k.id = due.id returning k.*
    )
    select case when k.send_at is not null then 'send' when k.update_at is not null then 'update' else 'remind' end
        as what,
      k.id, k.leased_until::text as lease, k.kind, k.slack_id as "slackId", k.channel_id as "channelId", k.ts, k.attempts,
      k.maybe_posted as "maybePosted", k.state, k.answer, k.answered_by as "answeredBy",
      k.answered_at as "answeredAt", b.created_at as "createdAt",
      i.scopes,
      json_build_object('installationId', b.installation_id, 'alertId', b.alert_id, 'question', b.question,
        'answers', b.answers, 'askedBy', b.asked_by, 'timezone', b.timezone, 'state', b.state,
        'expiresAt', b.expires_at) as boomerang
    from leased k join boomerangs b on b.id = k.boomerang_id
      join installations i on i.id = b.installation_id`.execute(db.kysely);
  return rows[0] ? { ...rows[0], claimedAt } : null;
}

type QuestionFaultDecision =
  | { kind: "retry"; seconds: number }
  /** The recipient can't be asked. */
  | { kind: "unreachable"; why: string }
  /** The message can't be changed any more. */
  | { kind: "leave" };

const maxRetrySeconds = 15 * 60;

/** Decides what follows a fault of Slack. `jitter` is between 0 and 1. */
export function decideQuestionFault(
  { what, attempts }: Pick<QuestionJob, "what" | "attempts">,
  fault: Pick<FaultFacts, "kind" | "code" | "retryAfterSeconds">,
  jitter: number,
): QuestionFaultDecision {
  if (fault.kind === "rate") return { kind: "retry", seconds: fault.retryAfterSeconds ?? 1 };
  if (fault.kind === "passing")
    return {
      kind: "retry",
      seconds: Math.min(maxRetrySeconds, 2 ** Math.min(attempts, 10)) * (0.5 + jitter / 2),
    };
  // A fault of the whole app is not the recipient's, and has its own alert. An unknown refusal may be one too.
  if (isAppFault(fault.code) || fault.kind === "refused") return { kind: "retry", seconds: 60 };
  if (what !== "send") return { kind: "leave" };
  return { kind: "unreachable", why: whyOf(fault.code) };
}

function whyOf(code: string, context: FaultContext = {}): string {
  if (code === "user_disabled") return "their Slack account is deactivated";
  if (code === "user_not_found" || code === "user_not_visible")
    return "Slack has no such person in this workspace";
  const { means } = remedy(code, context);
  return `${means.charAt(0).toLowerCase()}${means.slice(1)}`.replace(/\.$/, "");
}
