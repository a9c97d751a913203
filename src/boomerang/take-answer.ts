import { sql } from "kysely";
import type { Actor } from "../alert/alert.ts";
import type { Answer } from "../alert/boomerang.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { SlackFace } from "../connect/identity/decide-identity.ts";
import type { Transaction } from "../db/transaction.ts";
import { lockAsk } from "./find-boomerangs.ts";
import { tell, whomToNotify } from "./pass-time.ts";

/** Records an answer; a refusal is for whoever answered. The message is redrawn by the workers. */
export async function takeAnswer(
  tx: Transaction,
  { askId, by, name, answer }: { askId: string; by: Answerer; name: string; answer: Answer },
): Promise<Refusal | "taken"> {
  const asked = await lockAsk(tx, askId);
  if (!asked)
    return { refused: "not_found", why: "This question is no longer in Tocsin. Nothing was recorded." };
  const { boomerang, ask } = asked;
  const decision = decideAnswer({ boomerang, ask, asker: boomerang.askedBy.name }, by);
  if (decision.kind === "refuse") return { refused: "conflict", why: decision.why };
  const answeredBy = JSON.stringify({ id: by.slackUserId, name });
  await sql`
    update boomerang_asks set state = 'answered', answer = ${JSON.stringify(answer)}::jsonb,
      answered_by = ${answeredBy}::jsonb, answered_at = now(), update_at = now(), send_at = null, remind_at = null
    where id = ${askId}`.execute(tx);
  await sql`
    update boomerangs set state = 'answered', due_at = null where id = ${boomerang.id} and not exists (
      select from boomerang_asks where boomerang_id = ${boomerang.id} and state in ('waiting', 'sent'))`.execute(
    tx,
  );
  const { alertId, cardId } = boomerang;
  const notify = answer.kind === "no" ? await whomToNotify(tx, boomerang) : null;
  // An answer needs no Tocsin user; whoever gave it is known to Slack only.
  const actor: Actor = { type: "system", id: by.slackUserId, name };
  const data = { boomerangId: boomerang.id, cardId, answer, notify };
  const event = { kind: "boomerang_answered", data } as const;
  await tell(tx, { alertId, event, actor, via: "slack", notify, boomerang });
  return "taken";
}

/** A question and one of those it was sent to, as they stand. */
export interface Asked {
  boomerang: { state: "open" | "answered" | "expired" | "cancelled"; askedBySlackId: string | null };
  ask: {
    kind: "person" | "channel";
    slackId: string;
    answeredBy: { id: string; name: string } | null;
  };
  asker: string;
}

/** Somebody who answers; `member` is whether they belong to the workspace that was asked. */
export interface Answerer {
  slackUserId: string;
  face: Pick<SlackFace, "deleted" | "isBot" | "isGuest"> | null;
  member: boolean;
}

type AnswerDecision = { kind: "take" } | { kind: "refuse"; why: string };

/** Who may answer, and when (spec section 7). A refusal is two polite sentences for whoever clicked. */
export function decideAnswer(asked: Asked, by: Answerer): AnswerDecision {
  const { boomerang, ask, asker } = asked;
  if (ask.answeredBy) {
    const who = ask.answeredBy.id === by.slackUserId ? "You have" : `${ask.answeredBy.name} has`;
    return refuse(`${who} answered this already. Nothing else is needed; thank you.`);
  }
  if (boomerang.state === "cancelled")
    return refuse(`${asker} no longer needs an answer. Thank you all the same.`);
  if (boomerang.state !== "open")
    return refuse(`The time for an answer is over. If there is something to tell, please write to ${asker}.`);
  if (ask.kind === "person") {
    return by.slackUserId === ask.slackId
      ? { kind: "take" }
      : refuse("This question is for somebody else. Only they can answer it.");
  }
  if (by.slackUserId === boomerang.askedBySlackId)
    return refuse("You asked this yourself. Somebody else in this channel has to answer.");
  if (!by.face || by.face.deleted || by.face.isBot || by.face.isGuest || !by.member)
    return refuse(
      `Only full members of this workspace can answer. Please write to ${asker} if you know something.`,
    );
  return { kind: "take" };
}

function refuse(why: string): AnswerDecision {
  return { kind: "refuse", why };
}
