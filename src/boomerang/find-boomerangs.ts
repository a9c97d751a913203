import { sql } from "kysely";
import type { Actor } from "../alert/alert.ts";
import type { Answer, AnswerFormat } from "../alert/boomerang.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";

interface Boomerang {
  id: string;
  alertId: string;
  installationId: string;
  cardId: string | null;
  question: string;
  answers: AnswerFormat;
  askedBy: Actor;
  askedBySlackId: string | null;
  timezone: string;
  state: "open" | "answered" | "expired" | "cancelled";
  expiresAt: Date;
  /** An answer counts only once it is confirmed. */
  secondFactor: boolean;
}

export interface RecipientWithBoomerang {
  boomerang: Boomerang;
  recipient: {
    id: string;
    kind: "person" | "channel";
    slackId: string;
    name: string;
    answeredBy: { id: string; name: string } | null;
  };
}

const columns = sql`
  json_build_object('id', k.id, 'kind', k.kind, 'slackId', k.slack_id, 'name', k.name, 'answeredBy', k.answered_by) as recipient,
  b.id, b.alert_id as "alertId", b.installation_id as "installationId", b.card_id as "cardId", b.question, b.answers,
  b.asked_by as "askedBy", b.asked_by_slack_id as "askedBySlackId", b.timezone, b.state, b.expires_at as "expiresAt",
  b.second_factor as "secondFactor"`;

type Row = Boomerang & { recipient: RecipientWithBoomerang["recipient"] };

/** A recipient with its Boomerang, which is locked: answers to one Boomerang are recorded one at a time. */
export async function lockRecipient(tx: Transaction, askId: string): Promise<RecipientWithBoomerang | null> {
  await sql`select from boomerangs where id = (select boomerang_id from boomerang_asks where id = ${askId})
    for update`.execute(tx);
  return findRecipient(tx, askId);
}

export async function findRecipient(
  db: Database["kysely"] | Transaction,
  askId: string,
): Promise<RecipientWithBoomerang | null> {
  const { rows } = await sql<Row>`
    select ${columns} from boomerang_asks k join boomerangs b on b.id = k.boomerang_id where k.id = ${askId}`.execute(
    db,
  );
  const [row] = rows;
  if (!row) return null;
  const { recipient, ...boomerang } = row;
  return { boomerang, recipient };
}

/** A Boomerang with the state and answer of each recipient. */
export interface BoomerangRow {
  id: string;
  alertId: string;
  question: string;
  answers: AnswerFormat;
  askedBy: Actor;
  state: "open" | "answered" | "expired" | "cancelled";
  createdAt: Date;
  expiresAt: Date;
  recipients: {
    id: string;
    kind: "person" | "channel";
    name: string;
    slackId: string;
    state: "waiting" | "sent" | "unreachable" | "answered" | "over";
    why: string | null;
    answer: Answer | null;
    answeredBy: { id: string; name: string } | null;
    answeredAt: string | null;
    suppression: { id: string; until: string } | null;
  }[];
}

/** The Boomerangs of an alert, or the one with this id, oldest first. */
export async function listBoomerangs(
  db: Database["kysely"],
  which: { alertId: string } | { id: string },
): Promise<BoomerangRow[]> {
  const condition = "alertId" in which ? sql`b.alert_id = ${which.alertId}` : sql`b.id = ${which.id}`;
  const { rows } = await sql<BoomerangRow>`
    select b.id, b.alert_id as "alertId", b.question, b.answers, b.asked_by as "askedBy", b.state,
      b.created_at as "createdAt", b.expires_at as "expiresAt",
      (select json_agg(json_build_object('id', k.id, 'kind', k.kind, 'name', k.name, 'slackId', k.slack_id, 'state', k.state,
        'why', k.why, 'answer', k.answer, 'answeredBy', k.answered_by, 'answeredAt', k.answered_at,
        'suppression', (select json_build_object('id', p.id, 'until', p.ends_at) from suppressions p
          where p.alert_id = b.alert_id and k.answer->>'kind' = 'yes' and p.email = lower(k.email) and p.ended_at is null and p.ends_at > now() limit 1)) order by k.id)
        from boomerang_asks k where k.boomerang_id = b.id) as recipients
    from boomerangs b where ${condition} order by b.id`.execute(db);
  return rows;
}

/** An open Boomerang, for the App Home of the person who asked. */
interface OpenQuestion {
  id: string;
  alert: { number: number; title: string };
  question: string;
  expiresAt: Date;
  recipients: {
    name: string;
    state: "waiting" | "sent" | "unreachable" | "answered" | "over";
    answer: Answer | null;
  }[];
}

/** The open Boomerangs that a user has asked, at most `limit`, the soonest to expire first. */
export async function listOpenBoomerangs(
  db: Database["kysely"],
  { userId, limit }: { userId: string; limit: number },
): Promise<OpenQuestion[]> {
  // Only open Boomerangs have `due_at`, so its partial index serves this query.
  const { rows } = await sql<OpenQuestion>`
    select b.id, json_build_object('number', a.number, 'title', a.title) as alert, b.question,
      b.expires_at as "expiresAt",
      (select json_agg(json_build_object('name', k.name, 'state', k.state, 'answer', k.answer) order by k.id)
        from boomerang_asks k where k.boomerang_id = b.id) as recipients
    from boomerangs b join alerts a on a.id = b.alert_id
    where b.due_at is not null and b.state = 'open' and b.asked_by->>'id' = ${userId}
    order by b.expires_at, b.id limit ${limit}`.execute(db);
  return rows;
}

interface LockedBoomerang {
  alertId: string;
  installationId: string;
  cardId: string | null;
  askedBy: Actor;
  state: "open" | "answered" | "expired" | "cancelled";
  /** Names of the recipients who have not answered and are not known to be unreachable. */
  unanswered: string[];
  /** Whether its time is over. */
  over: boolean;
}

/** A Boomerang, locked until the transaction ends. `over` is by the database's clock. */
export async function lockBoomerang(tx: Transaction, id: string): Promise<LockedBoomerang | null> {
  await sql`select from boomerangs where id = ${id} for update`.execute(tx);
  const { rows } = await sql<LockedBoomerang>`
    select b.alert_id as "alertId", b.installation_id as "installationId", b.card_id as "cardId",
      b.asked_by as "askedBy", b.state, b.expires_at <= now() as over,
      coalesce((select array_agg(k.name order by k.id) from boomerang_asks k
        where k.boomerang_id = b.id and k.state in ('waiting', 'sent')), '{}') as unanswered
    from boomerangs b where b.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}
