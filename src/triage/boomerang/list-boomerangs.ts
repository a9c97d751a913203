import { sql } from "kysely";
import type { Actor } from "../../alert/actor.ts";
import type { Answer, AnswerWay } from "../../alert/boomerang.ts";
import type { Database } from "../../db/connect.ts";

/** A question as it stands, with what came of it at each of those it was sent to. */
export interface BoomerangRow {
  id: string;
  alertId: string;
  question: string;
  answers: AnswerWay;
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

/** The questions of an alert, or one of them, in the order in which they were asked. */
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
