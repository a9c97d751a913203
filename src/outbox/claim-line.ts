import { sql } from "kysely";
import type { Severity } from "../alert/alert.ts";
import { prepared } from "../db/transaction.ts";
import type { Deps } from "./deps.ts";

/** A message that has to be posted, and what is known of earlier tries. */
interface Posting {
  /** This one included. */
  attempts: number;
  /** When the first attempt began that may have reached Slack without our knowing; null if none may have. */
  unsureSince: Date | null;
  /** The message in which Slack, or a click, has shown it to stand. */
  seenTs: string | null;
  shape: number;
  /** Without the time for which its line was held by a fault of set-up. */
  waitingSince: Date;
}

/** A card that has to be posted. The delivery is marked as being sent. */
export interface PostJob extends Posting {
  kind: "post";
  deliveryId: string;
  alertId: string;
  destinationId: string;
  severity: Severity;
  createdAt: Date;
  /** What the last attempt failed with. */
  error: string | null;
}

/** The one message of a storm, which has to be posted. The digest is marked as being sent. */
export interface DigestJob extends Posting {
  kind: "digest";
  digestId: string;
}

/** A thread that has something to tell. */
export interface ThreadReplyJob {
  kind: "tell";
  cardId: string;
}

/** A line that its channel has to be told: a change of many alerts. */
export interface BulkNoticeJob {
  kind: "say";
  bulkId: string;
}

/** The line of a Slack channel that is ours until its lease ends, and the most urgent thing that waits in it. */
export interface ClaimedLine {
  key: string;
  /** By `performance.now()`, before the lease began. */
  claimedAt: number;
  installationId: string;
  channelId: string;
  faultsInARow: number;
  /** What its installation was granted. */
  scopes: readonly string[];
  botUserId: string | null;
  /** The digest of the storm that the line is in. */
  digestId: string | null;
  /** How many alerts wait, INFO aside; `crowd` and one more stands for any number above it. */
  waiting: number;
  job: PostJob | DigestJob | BulkNoticeJob | ThreadReplyJob;
}

/** When more alerts than this wait for a line, one digest takes them. */
export const crowd = 20;

/** What waited longer than this was held by a fault of set-up: it goes out in one digest. */
export const staleMs = 3 * 24 * 3600 * 1000;

/** In a storm these deliveries get a card by themselves; the others are gathered in its digest. */
export const isLoud = sql.raw(
  `severity >= 'HIGH' and created_at > now() - interval '${staleMs} milliseconds'`,
);

interface Row {
  key: string;
  installation_id: string;
  channel_id: string;
  faults_in_a_row: number;
  digest_id: string | null;
  scopes: string[] | null;
  bot_user_id: string | null;
  waiting: number;
  delivery_id: string | null;
  posting_digest: string | null;
  alert_id: string;
  destination_id: string;
  severity: Severity;
  error: string | null;
  attempts: number;
  unsure_since: Date | null;
  seen_ts: string | null;
  shape: number;
  created_at: Date;
  bulk_id: string | null;
  well_since: Date;
  card_id: string | null;
}

/** Whoever holds a line can't write down what Slack said while the database is away, and is to do so first. */
const isAwake = sql.raw("pg_postmaster_start_time() < now() - interval '2 seconds'");

const isOpen = sql.raw("state in ('waiting', 'sending') and run_at <= now()");

/**
 * Leases the line of one Slack channel in which something is due and whose gate is open, and picks from it: its
 * digest, then cards that somebody asked for, cards before lines about many of them before thread replies,
 * CRITICAL before INFO, then in order. In a storm only loud ones have cards to post. A delivery that is found
 * "sending" in a line nobody holds was left by a dead worker; Slack may have it.
 */
export async function claimLine({
  db,
  me,
  pace,
}: Pick<Deps, "db" | "me" | "pace">): Promise<ClaimedLine | null> {
  const statement = sql<Row>`
    with line as (
      select key, installation_id, channel_id, faults_in_a_row, well_since, digest_id,
        coalesce(digest_due_at <= now(), false) as digest_due
      from lines l
      where destination_type = 'slack-bot' and open_at <= now()
        and (leased_until is null or (leased_until <= now() and ${isAwake}))
        and (case when digest_id is null
            then (select true from deliveries d where d.line = l.key and ${isOpen} limit 1)
            else coalesce(digest_due_at <= now(), false)
              or (select true from deliveries d where d.line = l.key and ${isOpen} and ${isLoud} limit 1)
              or (select true from deliveries d where d.line = l.key and ${isOpen} and asked limit 1) end
          or (select true from line_notices n where n.line = l.key and n.due_at <= now() limit 1)
          or (select true from cards c where c.line = l.key and c.reply_due_at <= now() limit 1))
      order by open_at limit 1 for update skip locked
    ), post as (
      select d.id, d.state from line, lateral (
        (select id, state, 1 as turn from deliveries where line = line.key and ${isOpen} and asked
          order by number limit 1)
        union all
        (select id, state, 2 from deliveries where line.digest_id is null and line = line.key and ${isOpen}
          order by severity desc, number limit 1)
        union all
        (select id, state, 3 from deliveries where line.digest_id is not null and line = line.key and ${isOpen}
          and ${isLoud} order by severity desc, number limit 1)
        order by turn limit 1) d
      where not line.digest_due
    ), crowd as (
      select count(*)::int as waiting from line, lateral (
        select distinct severity, number from deliveries
        where line.digest_id is null and line = line.key and state in ('waiting', 'sending') and severity > 'INFO'
        order by severity desc, number limit ${sql.lit(crowd + 1)}) d
    ), say as (
      select n.bulk_id from line, lateral (
        select bulk_id from line_notices where line = line.key and due_at <= now() order by due_at limit 1) n
    ), tell as (
      select c.id from line, lateral (
        select id from cards where line = line.key and reply_due_at <= now() order by reply_due_at limit 1) c
    ), leased as (
      update lines l set leased_until = now() + make_interval(secs => ${pace.lineLease}), leased_by = ${me}
      from line where l.key = line.key
    ), sending as (
      update deliveries d set state = 'sending', attempts = attempts + 1, last_attempt_at = now(),
        maybe_posted = maybe_posted or post.state = 'sending',
        unsure_since = coalesce(unsure_since,
          case when maybe_posted or post.state = 'sending' then last_attempt_at end)
      from post where d.id = post.id
      returning d.id as delivery_id, null::uuid as posting_digest, d.alert_id, d.destination_id, d.severity, d.error,
        d.attempts, d.unsure_since, d.seen_ts, d.shape, d.created_at
    ), digest as (
      update digests g set sending = true, attempts = attempts + 1, last_attempt_at = now(),
        maybe_posted = maybe_posted or sending,
        unsure_since = coalesce(unsure_since, case when maybe_posted or sending then last_attempt_at end)
      from line where line.digest_due and g.id = line.digest_id
      returning null::uuid, g.id, null::uuid, null::uuid, null::severity, null, g.attempts, g.unsure_since,
        g.seen_ts, g.shape, g.created_at
    )
    select line.*, i.scopes, i.bot_user_id, crowd.waiting, posting.*, say.bulk_id, tell.id as card_id
    from line left join installations i on i.id = line.installation_id left join crowd on true
      left join (select * from sending union all select * from digest) posting on true
      left join say on true left join tell on true`;
  const claimedAt = performance.now();
  const [row] = await prepared(db, "claim-line", statement);
  return row ? claimed(row, claimedAt) : null;
}

function claimed(row: Row, claimedAt: number): ClaimedLine | null {
  const job = jobOf(row);
  if (!job) return null;
  return {
    key: row.key,
    claimedAt,
    installationId: row.installation_id,
    channelId: row.channel_id,
    faultsInARow: row.faults_in_a_row,
    scopes: row.scopes ?? [],
    botUserId: row.bot_user_id,
    digestId: row.digest_id,
    waiting: row.waiting,
    job,
  };
}

function jobOf(row: Row): ClaimedLine["job"] | null {
  const posting = {
    attempts: row.attempts,
    unsureSince: row.unsure_since,
    seenTs: row.seen_ts,
    shape: row.shape,
    waitingSince: later(row.created_at, row.well_since),
  };
  if (row.posting_digest !== null) return { kind: "digest", digestId: row.posting_digest, ...posting };
  if (row.delivery_id === null) return smallerJobOf(row);
  return {
    kind: "post",
    deliveryId: row.delivery_id,
    alertId: row.alert_id,
    destinationId: row.destination_id,
    severity: row.severity,
    error: row.error,
    createdAt: row.created_at,
    ...posting,
  };
}

function smallerJobOf({ bulk_id, card_id }: Row): BulkNoticeJob | ThreadReplyJob | null {
  if (bulk_id !== null) return { kind: "say", bulkId: bulk_id };
  return card_id === null ? null : { kind: "tell", cardId: card_id };
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
