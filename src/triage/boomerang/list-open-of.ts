import { sql } from "kysely";
import type { Answer } from "../../alert/boomerang.ts";
import type { Database } from "../../db/connect.ts";

/** A question of somebody's that waits for an answer. */
export interface OpenQuestion {
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

/** The open questions that a user has asked, those that end first before others, at most `limit`. */
export async function listOpenOf(
  db: Database["kysely"],
  { userId, limit }: { userId: string; limit: number },
): Promise<OpenQuestion[]> {
  // What is due, to remind or to end, is what is open: few rows, in an index of their own.
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
