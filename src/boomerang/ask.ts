import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Actor, Via } from "../alert/alert.ts";
import { automaticActor, type WhatFollows } from "../alert/automatic-boomerang.ts";
import { type AnswerFormat, durationHours, type OpenDuration } from "../alert/boomerang.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { queue } from "../messages/queue.ts";
import { audit, type Doer } from "../people/audit-log/audit.ts";
import { lockBoomerang } from "./find-boomerangs.ts";
import { appendAndNotify, endQuestions, whomToTell } from "./pass-time.ts";
import type { Recipient } from "./recipients.ts";

interface AskedQuestion {
  alertId: string;
  installationId: string;
  /** The card whose thread shows what becomes of the question. */
  cardId: string | null;
  timezone: string;
  question: string;
  answers: AnswerFormat;
  openFor: OpenDuration;
  /** An answer counts only once the person has confirmed it. */
  secondFactor: boolean;
  now: Date;
  /** What follows, if a detection asks by itself. */
  automatic?: WhatFollows;
}

interface Question extends AskedQuestion {
  to: readonly Recipient[];
  by: Doer;
  /** Slack id of the person who asks; null if unknown. */
  askedBySlackId: string | null;
}

/** Stores a question with its recipients and appends it to the history; workers send it. Returns its id. */
export async function createBoomerang(tx: Transaction, question: Question): Promise<string> {
  const { alertId, cardId, by, to, askedBySlackId } = question;
  const { actor, via } = by;
  const id = await insertBoomerang(tx, question, { actor, askedBySlackId, isOpen: true });
  const names = to.map(({ name }) => name);
  const data = { boomerangId: id, cardId, to: names, question: question.question };
  await append(tx, { alertId, event: { kind: "boomerang_asked", data }, actor, via });
  for (const recipient of to) await insertRecipient(tx, question.installationId, id, recipient);
  await audit(tx, by, {
    action: "boomerang.ask",
    target: { type: "alert", id: alertId },
    changes: null,
    data: { boomerang: id, to: names },
  });
  return id;
}

/**
 * Stores an automatic question that reaches nobody, with the reason in the history: it is over at once, without an
 * answer.
 */
export async function createUnreached(
  tx: Transaction,
  question: AskedQuestion & Pick<Recipient, "kind" | "name"> & { why: string },
): Promise<void> {
  const { alertId, cardId, kind, name, why, installationId } = question;
  const by = { actor: automaticActor, askedBySlackId: null, isOpen: false };
  const boomerangId = await insertBoomerang(tx, question, by);
  await tx
    .insertInto("boomerang_asks")
    .values({
      id: uuidv7(),
      boomerang_id: boomerangId,
      kind,
      slack_id: "",
      name,
      state: "unreachable",
      why,
    })
    .execute();
  const told = await whomToTell(tx, { alertId, askedBy: automaticActor });
  const event = {
    kind: "boomerang_unreachable",
    data: { boomerangId, cardId, to: name, why, ...told },
  } as const;
  const boomerang = { installationId, cardId };
  await appendAndNotify(tx, { alertId, event, actor: automaticActor, via: "system", ...told, boomerang });
}

interface AskedBy {
  actor: Actor;
  askedBySlackId: string | null;
  isOpen: boolean;
}

async function insertBoomerang(
  tx: Transaction,
  { automatic, ...question }: AskedQuestion,
  { actor, askedBySlackId, isOpen }: AskedBy,
): Promise<string> {
  const id = uuidv7();
  const { remindAt, expiresAt } = questionTimes(question.now, durationHours[question.openFor]);
  await tx
    .insertInto("boomerangs")
    .values({
      id,
      alert_id: question.alertId,
      installation_id: question.installationId,
      card_id: question.cardId,
      question: question.question,
      answers: question.answers,
      asked_by: JSON.stringify(actor),
      asked_by_slack_id: askedBySlackId,
      timezone: question.timezone,
      state: isOpen ? "open" : "expired",
      expires_at: expiresAt,
      due_at: isOpen ? remindAt : null,
      automatic: automatic ? JSON.stringify(automatic) : null,
      second_factor: question.secondFactor,
    })
    .execute();
  return id;
}

async function insertRecipient(
  tx: Transaction,
  installationId: string,
  boomerangId: string,
  to: Recipient,
): Promise<void> {
  const id = uuidv7();
  const { kind, slackId, name } = to;
  const email = to.kind === "person" ? to.email : null;
  await tx
    .insertInto("boomerang_asks")
    .values({ id, boomerang_id: boomerangId, kind, slack_id: slackId, name, email, state: "waiting" })
    .execute();
  const line = kind === "person" ? { person: slackId } : { channel: slackId };
  await queue(tx, { id, kind: "question", installationId, to: line, subjectId: id });
}

/** Where a question comes from: the installation that sends it, the card that tracks it, the timezone of its times. */
export interface BoomerangOrigin {
  installationId: string;
  cardId: string | null;
  timezone: string;
}

/**
 * The given card, else the alert's first card, else the first destination's installation, else any installation.
 * Null before Tocsin is connected to a workspace.
 */
export async function findOrigin(
  db: Database["kysely"],
  { alertId, card }: { alertId: string; card: { channel: string | null; ts: string | null } | null },
): Promise<BoomerangOrigin | null> {
  const { rows } = await sql<BoomerangOrigin>`
    select * from (
      (select l.installation_id as "installationId", c.id as "cardId", d.timezone
        from cards c join lines l on l.key = c.line join destinations d on d.id = c.destination_id
        where c.alert_id = ${alertId} and not c.gone
        order by (c.channel_id = ${card?.channel ?? null} and c.ts = ${card?.ts ?? null}) desc nulls last, c.id limit 1)
      union all
      (select installation_id, null, timezone from destinations
        where installation_id is not null and deleted_at is null order by created_at limit 1)
      union all
      (select id, null, 'UTC' from installations order by trusted desc, id limit 1)
    ) places limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Cancels an open question. Answers given so far stay. */
export async function cancel(
  tx: Transaction,
  boomerangId: string,
  by: { actor: Actor; via: Via },
): Promise<Refusal | "cancelled"> {
  const found = await lockBoomerang(tx, boomerangId);
  if (!found) return { refused: "not_found", why: "There is no such Boomerang." };
  if (found.state !== "open")
    return { refused: "conflict", why: `This Boomerang is already ${found.state}.` };
  const { alertId, cardId, unanswered: to } = found;
  await endQuestions(tx, boomerangId);
  await sql`update boomerangs set state = 'cancelled', due_at = null where id = ${boomerangId}`.execute(tx);
  await append(tx, {
    alertId,
    event: { kind: "boomerang_cancelled", data: { boomerangId, cardId, to } },
    ...by,
  });
  return "cancelled";
}

const hourMs = 3600 * 1000;

/** When a question expires, and when recipients who haven't answered are reminded (halfway). */
export function questionTimes(askedAt: Date, hours: number): { remindAt: Date; expiresAt: Date } {
  const length = hours * hourMs;
  return {
    remindAt: new Date(askedAt.getTime() + length / 2),
    expiresAt: new Date(askedAt.getTime() + length),
  };
}
