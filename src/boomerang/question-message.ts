import { sql } from "kysely";
import type { Actor } from "../alert/alert.ts";
import { isAutomatic } from "../alert/automatic-boomerang.ts";
import type { Answer, AnswerFormat } from "../alert/boomerang.ts";
import type { Database } from "../db/connect.ts";
import { notify } from "../db/notify.ts";
import type { Transaction } from "../db/transaction.ts";
import type { MessageKind } from "../messages/message-kind.ts";
import { repeatNote } from "../messages/post.ts";
import type { Deps } from "../outbox/deps.ts";
import { type FaultContext, remedy } from "../slack/client/remedy.ts";
import {
  drawClosedQuestion,
  drawQuestion,
  drawQuestionReminder,
  type Outcome,
  type QuestionView,
} from "./draw-question.ts";
import { markUnreachable } from "./pass-time.ts";

/** A question to one recipient; its message has the recipient's id. Text without the buttons could not be answered. */
export const question: MessageKind = {
  async draw(deps, { installationId, subjectId, ts, unsureSince }) {
    const asked = await readAsked(deps.db, subjectId);
    const over = asked.state === "answered" || asked.state === "over";
    if (over && ts === null && !unsureSince) return { message: null };
    const view = toView(deps, asked);
    const note = unsureSince && { note: repeatNote };
    const current = over ? drawClosedQuestion(view, toOutcome(asked)) : drawQuestion({ ...view, ...note });
    if (ts !== null) return { message: current };
    const client = await deps.clientFor(installationId);
    return {
      message: over ? null : current,
      channel: asked.kind === "person" ? await client.conversationsOpen(asked.slackId) : asked.slackId,
      async settled(tx, { ts }) {
        if (ts !== null) await markSent(tx, subjectId);
      },
    };
  },
  stays: true,
  dropped: (tx, { subjectId }, { code }) => markUnreachable(tx, subjectId, whyOf(code)),
  rules: { channelFault: "give-up", gone: "give-up", lastStep: 0 },
};

/** The reminder in the thread of a question, at half time. */
export const reminder: MessageKind = {
  async draw(deps, { subjectId }) {
    const asked = await readAsked(deps.db, subjectId);
    if (asked.state !== "sent" || !asked.posted) return { message: null };
    const { channel, ts } = asked.posted;
    return { message: drawQuestionReminder(toView(deps, asked)), channel, threadTs: ts };
  },
  rules: { channelFault: "give-up", gone: "give-up", lastStep: 2 },
};

/** The history doesn't tell it, so live readers have to be told here. */
async function markSent(tx: Transaction, askId: string): Promise<void> {
  const { rows } = await sql<{ alertId: string }>`
    update boomerang_asks k set state = 'sent' from boomerangs b
    where k.id = ${askId} and k.state = 'waiting' and b.id = k.boomerang_id
    returning b.alert_id as "alertId"`.execute(tx);
  await notify(tx, { alerts: rows.map(({ alertId }) => alertId) });
}

/** A recipient of a question with its current state. */
interface Asked {
  id: string;
  kind: "person" | "channel";
  slackId: string;
  state: "waiting" | "sent" | "unreachable" | "answered" | "over";
  answer: Answer | null;
  answeredBy: { id: string; name: string } | null;
  answeredAt: Date | null;
  question: string;
  answers: AnswerFormat;
  secondFactor: boolean;
  askedBy: Actor;
  timezone: string;
  boomerangState: "open" | "answered" | "expired" | "cancelled";
  expiresAt: Date;
  posted: { channel: string; ts: string } | null;
}

async function readAsked({ kysely }: Database, askId: string): Promise<Asked> {
  const { rows } = await sql<Asked>`
    select k.id, k.kind, k.slack_id as "slackId", k.state, k.answer, k.answered_by as "answeredBy",
      k.answered_at as "answeredAt", b.question, b.answers, b.second_factor as "secondFactor", b.asked_by as "askedBy", b.timezone,
      b.state as "boomerangState", b.expires_at as "expiresAt",
      case when m.ts is not null then json_build_object('channel', m.channel_id, 'ts', m.ts) end as posted
    from boomerang_asks k join boomerangs b on b.id = k.boomerang_id left join messages m on m.id = k.id
    where k.id = ${askId}`.execute(kysely);
  const [asked] = rows;
  if (!asked) throw new Error(`the recipient ${askId} of a question is gone`);
  return asked;
}

function toView(deps: Deps, asked: Asked): QuestionView {
  const { id, kind, askedBy, question, answers, secondFactor, timezone, expiresAt } = asked;
  const now = deps.clock();
  return {
    askId: id,
    kind,
    asker: isAutomatic(askedBy) ? null : askedBy.name,
    question,
    answers,
    secondFactor,
    timezone,
    until: expiresAt,
    now,
  };
}

function toOutcome({ answer, answeredBy, answeredAt, boomerangState }: Asked): Outcome {
  if (answer && answeredAt)
    return { kind: "answered", answer, by: answeredBy?.name ?? "Somebody", at: answeredAt };
  return { kind: boomerangState === "cancelled" ? "cancelled" : "expired" };
}

function whyOf(code: string, context: FaultContext = {}): string {
  if (code === "user_disabled") return "their Slack account is deactivated";
  if (code === "user_not_found" || code === "user_not_visible")
    return "Slack has no such person in this workspace";
  const { means } = remedy(code, context);
  return `${means.charAt(0).toLowerCase()}${means.slice(1)}`.replace(/\.$/, "");
}
