import { sql } from "kysely";
import type { Actor } from "../alert/actor.ts";
import type { AnswerWay } from "../alert/boomerang.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";

export interface StandingBoomerang {
  id: string;
  alertId: string;
  installationId: string;
  cardId: string | null;
  question: string;
  answers: AnswerWay;
  askedBy: Actor;
  askedBySlackId: string | null;
  timezone: string;
  state: "open" | "answered" | "expired" | "cancelled";
  expiresAt: Date;
}

export interface StandingAsk {
  boomerang: StandingBoomerang;
  ask: {
    id: string;
    kind: "person" | "channel";
    slackId: string;
    name: string;
    answeredBy: { id: string; name: string } | null;
  };
}

const columns = sql`
  json_build_object('id', k.id, 'kind', k.kind, 'slackId', k.slack_id, 'name', k.name, 'answeredBy', k.answered_by) as ask,
  b.id, b.alert_id as "alertId", b.installation_id as "installationId", b.card_id as "cardId", b.question, b.answers,
  b.asked_by as "askedBy", b.asked_by_slack_id as "askedBySlackId", b.timezone, b.state, b.expires_at as "expiresAt"`;

type Row = StandingBoomerang & { ask: StandingAsk["ask"] };

/** A question and one of those it was sent to; answers to one question wait for each other. */
export async function lockAsk(tx: Transaction, askId: string): Promise<StandingAsk | null> {
  await sql`select from boomerangs where id = (select boomerang_id from boomerang_asks where id = ${askId})
    for update`.execute(tx);
  return findAsk(tx, askId);
}

export async function findAsk(
  db: Database["kysely"] | Transaction,
  askId: string,
): Promise<StandingAsk | null> {
  const { rows } = await sql<Row>`
    select ${columns} from boomerang_asks k join boomerangs b on b.id = k.boomerang_id where k.id = ${askId}`.execute(
    db,
  );
  const [row] = rows;
  if (!row) return null;
  const { ask, ...boomerang } = row;
  return { boomerang, ask };
}
