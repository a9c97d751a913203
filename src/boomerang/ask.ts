import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Actor, Via } from "../alert/alert.ts";
import { type AnswerFormat, durationHours, type OpenDuration } from "../alert/boomerang.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { lockBoomerang } from "./find-boomerangs.ts";
import type { Recipient } from "./recipients.ts";

interface Question {
  alertId: string;
  installationId: string;
  /** The card in whose thread it is told. */
  cardId: string | null;
  timezone: string;
  to: readonly Recipient[];
  question: string;
  answers: AnswerFormat;
  openFor: OpenDuration;
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
  const { remindAt, expiresAt } = timesOf(now, durationHours[question.openFor]);
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
  await append(tx, { alertId, event: { kind: "boomerang_asked", data }, actor, via });
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

/** From where a question goes out: whose bot asks, whose thread hears of it, and whose clock it speaks of. */
export interface AskingPlace {
  installationId: string;
  cardId: string | null;
  timezone: string;
}

/**
 * The card that somebody asks from; from elsewhere the alert's first card; with none, the first destination's
 * installation, or the only one. Null while Tocsin is connected to no workspace.
 */
export async function askingPlace(
  db: Database["kysely"],
  { alertId, card }: { alertId: string; card: { channel: string | null; ts: string | null } | null },
): Promise<AskingPlace | null> {
  const { rows } = await sql<AskingPlace>`
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

/** Takes an open question back; what was answered so far stays. */
export async function cancel(
  tx: Transaction,
  boomerangId: string,
  by: { actor: Actor; via: Via },
): Promise<Refusal | "cancelled"> {
  const found = await lockBoomerang(tx, boomerangId);
  if (!found) return { refused: "not_found", why: "There is no such Boomerang." };
  if (found.state !== "open")
    return { refused: "conflict", why: `This Boomerang is ${found.state} already.` };
  const { alertId, cardId, unanswered: to } = found;
  await sql`
    update boomerang_asks set state = 'over', update_at = case when ts is not null then now() end,
      send_at = null, remind_at = null
    where boomerang_id = ${boomerangId} and state in ('waiting', 'sent')`.execute(tx);
  await sql`update boomerangs set state = 'cancelled', due_at = null where id = ${boomerangId}`.execute(tx);
  await append(tx, {
    alertId,
    event: { kind: "boomerang_cancelled", data: { boomerangId, cardId, to } },
    ...by,
  });
  return "cancelled";
}

const hourMs = 3600 * 1000;

/** When a question's time is over, and when those who haven't answered are reminded: at half of it. */
export function timesOf(askedAt: Date, hours: number): { remindAt: Date; expiresAt: Date } {
  const length = hours * hourMs;
  return {
    remindAt: new Date(askedAt.getTime() + length / 2),
    expiresAt: new Date(askedAt.getTime() + length),
  };
}
