import { sql } from "kysely";
import type { Actor } from "../../alert/actor.ts";
import type { Answer, AnswerWay } from "../../alert/boomerang.ts";
import type { Database } from "../../db/connect.ts";

/** Something to be done at one of those a question was sent to. */
export interface AskJob {
  what: "send" | "update" | "remind";
  id: string;
  kind: "person" | "channel";
  slackId: string;
  channelId: string | null;
  ts: string | null;
  attempts: number;
  /** A worker died while it sent it: it may have arrived. */
  maybePosted: boolean;
  state: "waiting" | "sent" | "unreachable" | "answered" | "over";
  answer: Answer | null;
  answeredBy: { id: string; name: string } | null;
  answeredAt: Date | null;
  createdAt: Date;
  /** What the installation was granted. */
  scopes: readonly string[];
  boomerang: {
    installationId: string;
    alertId: string;
    question: string;
    answers: AnswerWay;
    askedBy: Actor;
    timezone: string;
    state: "open" | "answered" | "expired" | "cancelled";
    expiresAt: string;
  };
}

const leaseSeconds = 20;

/** Leases one that is due. One that was leased before and not given back was left by a dead worker. */
export async function claimAsk(db: Database): Promise<AskJob | null> {
  const { rows } = await sql<AskJob>`
    with due as (
      select id, leased_until is not null and ts is null as left_behind from boomerang_asks
      where least(send_at, update_at, remind_at) <= now() and (leased_until is null or leased_until <= now())
      order by least(send_at, update_at, remind_at) limit 1 for update skip locked
    ), leased as (
      update boomerang_asks k set leased_until = now() + make_interval(secs => ${leaseSeconds}),
        attempts = attempts + 1, maybe_posted = maybe_posted or left_behind
      from due where k.id = due.id returning k.*
    )
    select case when k.send_at is not null then 'send' when k.update_at is not null then 'update' else 'remind' end
        as what,
      k.id, k.kind, k.slack_id as "slackId", k.channel_id as "channelId", k.ts, k.attempts,
      k.maybe_posted as "maybePosted", k.state, k.answer, k.answered_by as "answeredBy",
      k.answered_at as "answeredAt", b.created_at as "createdAt",
      i.scopes,
      json_build_object('installationId', b.installation_id, 'alertId', b.alert_id, 'question', b.question,
        'answers', b.answers, 'askedBy', b.asked_by, 'timezone', b.timezone, 'state', b.state,
        'expiresAt', b.expires_at) as boomerang
    from leased k join boomerangs b on b.id = k.boomerang_id
      join installations i on i.id = b.installation_id`.execute(db.kysely);
  return rows[0] ?? null;
}
