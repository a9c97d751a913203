import { sql } from "kysely";
import type { Actor } from "../alert/alert.ts";
import { isAutomatic, securityTeam } from "../alert/automatic-boomerang.ts";
import type { Answer } from "../alert/boomerang.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { SlackProfile } from "../connect/identity/decide-identity.ts";
import type { Transaction } from "../db/transaction.ts";
import { want } from "../messages/want.ts";
import { audit, type Doer } from "../people/audit-log/audit.ts";
import { wantedChanges } from "../people/audit-log/changes.ts";
import { lockRecipient } from "./find-boomerangs.ts";
import { appendAndNotify, whomToTell } from "./pass-time.ts";

interface GivenAnswer {
  askId: string;
  by: Answerer;
  doer: Doer;
  answer: Answer;
  /** What confirmed it, where that was asked: the provider's name or `a passkey`. */
  confirmedBy?: string;
}

/** Records an answer; a refusal is shown to the person who answered. Workers edit the message. */
export async function takeAnswer(
  tx: Transaction,
  { askId, by, doer, answer, confirmedBy }: GivenAnswer,
): Promise<Refusal | "recorded"> {
  const found = await lockRecipient(tx, askId);
  if (!found) return { refused: "not_found", why: "This question no longer exists. Nothing was recorded." };
  const { boomerang, recipient } = found;
  const decision = decideAnswer({ boomerang, recipient, asker: askerOf(boomerang) }, by);
  if (decision.kind === "refuse") return { refused: "conflict", why: decision.why };
  const answeredBy = JSON.stringify({ id: by.slackUserId, name: doer.actor.name });
  await sql`
    update boomerang_asks set state = 'answered', answer = ${JSON.stringify(answer)}::jsonb,
      answered_by = ${answeredBy}::jsonb, answered_at = now()
    where id = ${askId}`.execute(tx);
  await want(tx, sql`(${askId}::uuid)`, { touched: true });
  await sql`
    update boomerangs set state = 'answered', due_at = null where id = ${boomerang.id} and not exists (
      select from boomerang_asks where boomerang_id = ${boomerang.id} and state in ('waiting', 'sent'))`.execute(
    tx,
  );
  const { alertId, cardId } = boomerang;
  const told = answer.kind === "no" ? await whomToTell(tx, boomerang) : { notify: null };
  const data = { boomerangId: boomerang.id, cardId, answer, ...(confirmedBy && { confirmedBy }), ...told };
  const event = { kind: "boomerang_answered", data } as const;
  await appendAndNotify(tx, { alertId, event, actor: doer.actor, via: "slack", ...told, boomerang });
  await audit(tx, doer, {
    action: "boomerang.answer",
    target: { type: "alert", id: alertId },
    changes: wantedChanges({ answer: answer.kind }),
    data: { boomerang: boomerang.id, ...(confirmedBy && { confirmedBy }) },
  });
  return "recorded";
}

/** Who asked, in the middle of a sentence. */
export function askerOf({ askedBy }: { askedBy: Actor }): string {
  return isAutomatic(askedBy) ? securityTeam : askedBy.name;
}

/** The current state of a Boomerang and one recipient. */
export interface AnswerContext {
  boomerang: { state: "open" | "answered" | "expired" | "cancelled"; askedBySlackId: string | null };
  recipient: {
    kind: "person" | "channel";
    slackId: string;
    answeredBy: { id: string; name: string } | null;
  };
  asker: string;
}

/** The person who answers. `member` says whether they belong to the installation's workspace or organisation. */
export interface Answerer {
  slackUserId: string;
  /** Null if Slack doesn't show this person. */
  profile: Pick<SlackProfile, "deleted" | "isBot" | "isGuest"> | null;
  member: boolean;
}

/** The same with what recording needs. */
export interface LoadedAnswerer extends Answerer {
  name: string;
  /** Their email in Slack, if they have confirmed it there. */
  email: string | null;
}

type AnswerDecision = { kind: "take" } | { kind: "refuse"; why: string };

/** Who may answer, and when: docs/behaviour.md#7-boomerang. A refusal is shown to the person who clicked. */
export function decideAnswer(context: AnswerContext, by: Answerer): AnswerDecision {
  const { boomerang, recipient, asker } = context;
  if (recipient.answeredBy) {
    const who = recipient.answeredBy.id === by.slackUserId ? "You have" : `${recipient.answeredBy.name} has`;
    return refuse(`${who} already answered this. Nothing else is needed; thank you.`);
  }
  if (boomerang.state === "cancelled")
    return refuse(`${upperFirst(asker)} no longer needs an answer. Thank you anyway.`);
  if (boomerang.state !== "open")
    return refuse(`The time to answer is over. If you know something, please write to ${asker}.`);
  if (recipient.kind === "person") {
    return by.slackUserId === recipient.slackId
      ? { kind: "take" }
      : refuse("This question is for someone else. Only they can answer it.");
  }
  if (by.slackUserId === boomerang.askedBySlackId)
    return refuse("You asked this question yourself. Someone else in this channel has to answer.");
  if (!by.profile || by.profile.deleted || by.profile.isBot || by.profile.isGuest || !by.member)
    return refuse(
      `Only full members of this workspace can answer. Please write to ${asker} if you know something.`,
    );
  return { kind: "take" };
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function refuse(why: string): AnswerDecision {
  return { kind: "refuse", why };
}
