import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import type { Pace } from "../pace.ts";
import type { SlackRequest } from "../slack/request/slack-request.ts";

/** What is worked on after Slack has had its answer. */
export type Kept = Extract<SlackRequest, { dedupeId: string }>;

type InboxDeps = { db: Database; pace: Pick<Pace, "jobLease"> };

/**
 * Keeps a request, once: Slack's retries and double clicks carry the same id. False if it was here before.
 * What stands here is worked on even if this process dies before it can.
 */
export async function keep({ db, pace }: InboxDeps, request: Kept): Promise<boolean> {
  const { rows } = await sql`
    insert into slack_inbox (id, payload, leased_until)
    values (${idOf(request)}, ${JSON.stringify(request)}::jsonb,
      now() + make_interval(secs => ${pace.jobLease}))
    on conflict (id) do nothing returning 1`.execute(db.kysely);
  return rows.length > 0;
}

/** What was asked is done; only its id stays, against replays, until `sweep` removes it. */
export async function markDone(db: Database["kysely"], request: Kept): Promise<void> {
  await sql`update slack_inbox set done_at = now(), payload = '{}'
    where id = ${idOf(request)}`.execute(db);
}

/** Requests that a dead process left undone, leased to the caller; and forgets those that are long over. */
export async function takeLeftovers({ db, pace }: InboxDeps): Promise<Kept[]> {
  await sql`delete from slack_inbox where received_at < now() - interval '1 hour'`.execute(db.kysely);
  const { rows } = await sql<{ payload: Kept }>`
    update slack_inbox set leased_until = now() + make_interval(secs => ${pace.jobLease})
    where id in (select id from slack_inbox where done_at is null and leased_until < now() limit 20
      for update skip locked)
    returning payload`.execute(db.kysely);
  return rows.map((row) => row.payload);
}

/** Longer ones than an index takes are none of Slack's, and still an id each. */
const longestId = 200;

function idOf({ type, dedupeId }: Kept): string {
  const short = dedupeId.length <= longestId;
  return `${type}:${short ? dedupeId : createHash("sha256").update(dedupeId).digest("hex")}`;
}
