import { sql } from "kysely";
import type { Actor } from "../alert/alert.ts";
import type { Answer, AnswerFormat } from "../alert/boomerang.ts";
import { transaction } from "../db/transaction.ts";
import { spendEdit } from "../messages/claim-edit.ts";
import { eventWaitSeconds } from "../messages/find-lost.ts";
import type { Deps } from "../outbox/deps.ts";
import type { Job, JobSource } from "../outbox/worker.ts";
import { type FaultPlace, remedy } from "../slack/client/remedy.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { type FaultFacts, SlackFault } from "../slack/client/slack-fault.ts";
import { writeCardMetadata } from "../slack/message.ts";
import { claimDirectNotice, sendDirectNotice } from "./direct-notice.ts";
import {
  drawClosedQuestion,
  drawQuestion,
  drawQuestionReminder,
  type Outcome,
  type QuestionView,
} from "./draw-question.ts";
import { noteUnreachable, passTime } from "./pass-time.ts";

const repeatNote = "May be a repeat: Slack did not say whether the first one arrived.";

/** Sends a question, redraws one that is over, or reminds of it. */
async function workOnAsk(deps: Deps, job: AskJob): Promise<void> {
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
  if (!(await takeGate(deps, job.boomerang.installationId, channel))) return postpone(deps, job, 1);
  const { ts } = await client.postMessage({
    channel,
    message: drawQuestion(viewOf(deps, job)),
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
  if (!(await spendEdit(deps.db.kysely, installationId, kind))) return postpone(deps, job, 1);
  if (job.channelId && job.ts) {
    const message = drawClosedQuestion(viewOf(deps, job), outcomeOf(job));
    await client.update({ channel: job.channelId, ts: job.ts, message });
  }
  await settle(deps, job);
}

async function remind(deps: Deps, client: SlackClient, job: AskJob): Promise<void> {
  if (job.channelId && job.ts && job.state === "sent") {
    const message = drawQuestionReminder(viewOf(deps, job));
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
  return Math.max(seconds, eventWaitSeconds(scopes));
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

const atOnce = 4;

/** Questions to people: their messages, the passing of their time, and notes to those who have no card. */
export function boomerangs(deps: Deps): JobSource[] {
  return [
    { maxConcurrent: atOnce, claim: () => nextAsk(deps) },
    { maxConcurrent: 1, claim: () => nextDue(deps) },
    { maxConcurrent: 1, claim: () => nextNote(deps) },
  ];
}

const unlined = (run: () => Promise<void>): Job => ({ run, line: null, restMs: 0 });

async function nextAsk(deps: Deps): Promise<Job | null> {
  const job = await claimAsk(deps);
  return job && unlined(() => workOnAsk(deps, job));
}

async function nextNote(deps: Deps): Promise<Job | null> {
  const note = await claimDirectNotice(deps);
  return note && unlined(() => sendDirectNotice(deps, note));
}

/** Moved on while it is worked on, so that no other node takes it, and one that dies loses a minute. */
async function nextDue({ db }: Deps): Promise<Job | null> {
  const { rows } = await sql<{ id: string }>`
    update boomerangs set due_at = now() + interval '1 minute'
    where id = (select id from boomerangs where due_at <= now() order by due_at limit 1 for update skip locked)
    returning id`.execute(db.kysely);
  const [due] = rows;
  return due ? unlined(() => transaction(db, (tx) => passTime(tx, due.id))) : null;
}

/** Something to be done at one of those a question was sent to. */
interface AskJob {
  what: "send" | "update" | "remind";
  id: string;
  kind: "person" | "channel";
  slackId: string;
  channelId: string | null;
  ts: string | null;
  attempts: number;
  /** A worker died while it sent it: it may have arrived. */
  maybePosted: boolean;
  state: "waiting" | "sent" | "unreachable" | "answered" | "over";
  answer: Answer | null;
  answeredBy: { id: string; name: string } | null;
  answeredAt: Date | null;
  createdAt: Date;
  /** What the installation was granted. */
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

/** Leases one that is due. One that was leased before and not given back was left by a dead worker. */
async function claimAsk({ db, pace }: Deps): Promise<AskJob | null> {
  const { rows } = await sql<AskJob>`
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
      k.id, k.kind, k.slack_id as "slackId", k.channel_id as "channelId", k.ts, k.attempts,
      k.maybe_posted as "maybePosted", k.state, k.answer, k.answered_by as "answeredBy",
      k.answered_at as "answeredAt", b.created_at as "createdAt",
      i.scopes,
      json_build_object('installationId', b.installation_id, 'alertId', b.alert_id, 'question', b.question,
        'answers', b.answers, 'askedBy', b.asked_by, 'timezone', b.timezone, 'state', b.state,
        'expiresAt', b.expires_at) as boomerang
    from leased k join boomerangs b on b.id = k.boomerang_id
      join installations i on i.id = b.installation_id`.execute(db.kysely);
  return rows[0] ?? null;
}

type AskNext =
  | { kind: "again"; seconds: number }
  /** They can't be asked, for this reason. */
  | { kind: "unreachable"; why: string }
  /** What stands can't be changed any more. */
  | { kind: "leave" };

const longestSeconds = 15 * 60;

/** What to do after a question could not be sent or redrawn. `jitter` is between 0 and 1. */
export function decideAskFault(
  { what, attempts }: Pick<AskJob, "what" | "attempts">,
  fault: Pick<FaultFacts, "kind" | "code" | "retryAfterSeconds">,
  jitter: number,
): AskNext {
  if (fault.kind === "rate") return { kind: "again", seconds: fault.retryAfterSeconds ?? 1 };
  if (fault.kind === "passing")
    return {
      kind: "again",
      seconds: Math.min(longestSeconds, 2 ** Math.min(attempts, 10)) * (0.5 + jitter / 2),
    };
  // The app as a whole is broken: that has its own alert, and passes when it is mended.
  if (appFaults.has(fault.code)) return { kind: "again", seconds: 60 };
  if (what !== "send") return { kind: "leave" };
  return { kind: "unreachable", why: whyOf(fault.code) };
}

const appFaults = new Set([
  "invalid_auth",
  "not_authed",
  "token_revoked",
  "token_expired",
  "account_inactive",
  "missing_scope",
]);

function whyOf(code: string, place: FaultPlace = {}): string {
  if (code === "user_disabled") return "their Slack account is deactivated";
  if (code === "user_not_found" || code === "user_not_visible") return "Slack shows nobody of this name here";
  const { means } = remedy(code, place);
  return `${means.charAt(0).toLowerCase()}${means.slice(1)}`.replace(/\.$/, "");
}

/** Takes the turn of a channel that alerts go to as well, for one message. False while its gate is closed. */
async function takeGate({ db, pace }: Deps, installationId: string, channelId: string): Promise<boolean> {
  const key = `${installationId}:${channelId}`;
  const { rows } = await sql<{ free: boolean }>`
    with taken as (
      update lines set open_at = clock_timestamp() + make_interval(secs => ${pace.message})
      where key = ${key} and open_at <= now() and (leased_until is null or leased_until <= now())
      returning 1
    )
    select exists (select from taken) or not exists (select from lines where key = ${key}) as free`.execute(
    db.kysely,
  );
  return rows[0]?.free ?? false;
}
