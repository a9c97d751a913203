import { type Kysely, sql } from "kysely";
import type { PreparedStatement, RunPrepared } from "../../db/intake-transaction.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { Transaction } from "../../db/transaction.ts";

interface NewQuestion {
  alertId: string;
  sourceId: string;
  detectionId: string;
}

const statement: PreparedStatement = {
  name: "due-automatic-questions",
  text: `
    insert into automatic_questions (alert_id, source_id, detection_id)
    select * from json_to_recordset($1::json) as q(alert_id uuid, source_id uuid, detection_id text)`,
};

/**
 * Writes down that questions are due, in the transaction that opens their alerts. Everything else is decided afterwards.
 * Without a question it costs nothing.
 */
export async function questionsDue(
  runPrepared: RunPrepared,
  questions: readonly NewQuestion[],
): Promise<void> {
  if (questions.length === 0) return;
  const rows = questions.map(({ alertId, sourceId, detectionId }) => ({
    alert_id: alertId,
    source_id: sourceId,
    detection_id: detectionId,
  }));
  await runPrepared(statement, [JSON.stringify(rows)]);
}

/** Ends the wait of an alert's question: it became CRITICAL, and those are asked in quiet hours too. */
export async function endWait(tx: Transaction, alertId: string): Promise<void> {
  await sql`update automatic_questions set due_at = now() where alert_id = ${alertId} and waits`.execute(tx);
}

export interface DueQuestion {
  alertId: string;
  sourceId: string;
  detectionId: string;
  createdAt: Date;
}

/**
 * Claims a due question for a minute, after which another node may. Until its first card is in Slack, whose thread is to
 * tell of the question, it waits for up to a minute.
 */
export async function claimQuestion(db: Kysely<Tables>): Promise<DueQuestion | null> {
  const { rows } = await sql<DueQuestion>`
    update automatic_questions set due_at = now() + interval '1 minute'
    where alert_id = (
      select q.alert_id from automatic_questions q
      where q.due_at <= now() and (q.created_at < now() - interval '1 minute' or not exists (
        select from deliveries d join lines l on l.key = d.line
        where d.alert_id = q.alert_id and d.state in ('waiting', 'sending')
          and l.destination_type = 'slack-bot' and l.fault is null))
      order by q.due_at limit 1 for update of q skip locked)
    returning alert_id as "alertId", source_id as "sourceId", detection_id as "detectionId",
      created_at as "createdAt"`.execute(db);
  return rows[0] ?? null;
}
