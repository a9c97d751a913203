import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import type { Pace } from "../pace.ts";
import type { SlackRequest } from "../slack/request/slack-request.ts";

/** A request that is processed after it was acknowledged. */
export type StoredRequest = Extract<SlackRequest, { dedupeId: string }>;

type InboxDeps = { db: Database; pace: Pick<Pace, "jobLease"> };

/**
 * Stores a request, so that it is processed even if this process dies. False if it was stored before: Slack's
 * retries and double clicks have the same id.
 */
export async function storeRequest({ db, pace }: InboxDeps, request: StoredRequest): Promise<boolean> {
  const { rows } = await sql`
    insert into slack_inbox (id, payload, leased_until)
    values (${idOf(request)}, ${JSON.stringify(request)}::jsonb,
      now() + make_interval(secs => ${pace.jobLease}))
    on conflict (id) do nothing returning 1`.execute(db.kysely);
  return rows.length > 0;
}

/**
 * Marks a request as processed. Its id and the answer to Slack are kept against replays until `claimLeftovers` removes
 * them.
 */
export async function markDone(
  db: Database["kysely"],
  request: StoredRequest,
  answer: object = {},
): Promise<void> {
  await sql`update slack_inbox set done_at = now(), payload = ${JSON.stringify(answer)}::jsonb
    where id = ${idOf(request)}`.execute(db);
}

/** Forgets a request that changed nothing, so that it can be sent again. */
export async function forget(db: Database["kysely"], request: StoredRequest): Promise<void> {
  await sql`delete from slack_inbox where id = ${idOf(request)}`.execute(db);
}

const answerMs = 2_000;

/** The answer to the first of equal requests; null if it changed nothing, or is not known within two seconds. */
export async function answerOfFirst({ db }: InboxDeps, request: StoredRequest): Promise<object | null> {
  for (let waited = 0; waited < answerMs; waited += 100) {
    const { rows } = await sql<{ answer: object | null }>`
      select case when done_at is not null then payload end as answer from slack_inbox
      where id = ${idOf(request)}`.execute(db.kysely);
    const [row] = rows;
    if (!row || row.answer) return row?.answer ?? null;
    await sleep(100);
  }
  return null;
}

/** Claims up to 20 unprocessed requests whose lease has ended. Also deletes requests that are older than an hour. */
export async function claimLeftovers({ db, pace }: InboxDeps): Promise<StoredRequest[]> {
  await sql`delete from slack_inbox where received_at < now() - interval '1 hour'`.execute(db.kysely);
  const { rows } = await sql<{ payload: StoredRequest }>`
    update slack_inbox set leased_until = now() + make_interval(secs => ${pace.jobLease})
    where id in (select id from slack_inbox where done_at is null and leased_until < now() limit 20
      for update skip locked)
    returning payload`.execute(db.kysely);
  return rows.map((row) => row.payload);
}

/** Slack's ids are shorter. Longer ones are hashed, because an index entry has a size limit. */
const maxIdLength = 200;

function idOf({ type, dedupeId }: StoredRequest): string {
  const short = dedupeId.length <= maxIdLength;
  return `${type}:${short ? dedupeId : createHash("sha256").update(dedupeId).digest("hex")}`;
}
