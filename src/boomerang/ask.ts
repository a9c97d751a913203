import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Actor, Via } from "../alert/actor.ts";
import { type AnswerWay, hoursOf, type OpenFor } from "../alert/boomerang.ts";
import type { Transaction } from "../db/transaction.ts";
import { record } from "../history/append.ts";
import type { Recipient } from "../triage/boomerang/recipient.ts";
import { timesOf } from "../triage/boomerang/times-of.ts";

export interface Question {
  alertId: string;
  installationId: string;
  /** The card in whose thread it is told. */
  cardId: string | null;
  timezone: string;
  to: readonly Recipient[];
  question: string;
  answers: AnswerWay;
  openFor: OpenFor;
  actor: Actor;
  via: Via;
  /** Whoever asks, in Slack, where that is known. */
  askedBySlackId: string | null;
  now: Date;
}

/** Asks: keeps the question, tells the history, and leaves it to the workers to send. Gives back its id. */
export async function ask(tx: Transaction, question: Question): Promise<string> {
  const id = uuidv7();
  const { alertId, cardId, actor, via, to, now } = question;
  const { remindAt, expiresAt } = timesOf(now, hoursOf[question.openFor]);
  await tx
    .insertInto("boomerangs")
    .values({
      id,
      alert_id: alertId,
      installation_id: question.installationId,
      card_id: cardId,
      question: question.question,
      answers: question.answers,
      asked_by: JSON.stringify(actor),
      asked_by_slack_id: question.askedBySlackId,
      timezone: question.timezone,
      expires_at: expiresAt,
      due_at: remindAt,
    })
    .execute();
  const asked = { boomerangId: id, cardId };
  const names = to.map(({ name }) => name);
  const data = { ...asked, to: names, question: question.question };
  await record(tx, { alertId, event: { kind: "boomerang_asked", data }, actor, via });
  for (const recipient of to) await send(tx, id, recipient);
  return id;
}

async function send(tx: Transaction, boomerangId: string, to: Recipient): Promise<void> {
  await tx
    .insertInto("boomerang_asks")
    .values({
      id: uuidv7(),
      boomerang_id: boomerangId,
      kind: to.kind,
      slack_id: to.slackId,
      name: to.name,
      email: to.kind === "person" ? to.email : null,
      state: "waiting",
      send_at: sql`now()`,
    })
    .execute();
}
