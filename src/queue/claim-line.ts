import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { prepared } from "../db/prepared.ts";

/** Seconds that a worker may be silent before another takes its line over. It renews at a third of that. */
export const leaseSeconds = 3;

/** A card that has to be posted. The delivery is marked as being sent. */
export interface PostJob {
  kind: "post";
  deliveryId: string;
  alertId: string;
  destinationId: string;
  /** This one included. */
  attempts: number;
  /** When the first attempt began that may have reached Slack without our knowing; null if none may have. */
  unsureSince: Date | null;
  /** The message in which Slack, or a click, has shown the card to stand. */
  seenTs: string | null;
  shape: number;
  /** Without the time for which its line was held by a fault of set-up. */
  waitingSince: Date;
}

/** A thread that has something to tell. */
export interface TellJob {
  kind: "tell";
  cardId: string;
}

/** A line that its channel has to be told: a change of many alerts. */
export interface SayJob {
  kind: "say";
  bulkId: string;
}

/** The line of a Slack channel that is ours until its lease ends, and the most urgent thing that waits in it. */
export interface ClaimedLine {
  key: string;
  installationId: string;
  channelId: string;
  faultsInARow: number;
  /** What its installation was granted. */
  scopes: readonly string[];
  botUserId: string | null;
  job: PostJob | SayJob | TellJob;
}

interface Row {
  key: string;
  installation_id: string;
  channel_id: string;
  faults_in_a_row: number;
  scopes: string[] | null;
  bot_user_id: string | null;
  delivery_id: string | null;
  alert_id: string;
  destination_id: string;
  attempts: number;
  unsure_since: Date | null;
  seen_ts: string | null;
  shape: number;
  created_at: Date;
  bulk_id: string | null;
  well_since: Date;
  card_id: string | null;
}

/**
 * Leases the line of one Slack channel in which something is due and whose gate is open, and picks from it:
 * cards before lines about many of them before thread replies, CRITICAL before INFO, then in order. A delivery
 * that is found "sending" in a line nobody holds was left by a dead worker; Slack may have it.
 */
export async function claimLine(db: Database, me: string): Promise<ClaimedLine | null> {
  const statement = sql<Row>`
    with line as (
      select key, installation_id, channel_id, faults_in_a_row, well_since from lines l
      where destination_type = 'slack-bot' and open_at <= now()
        and (leased_until is null or leased_until <= now())
        and ((select true from deliveries d where d.line = l.key and d.state in ('waiting', 'sending')
              and d.run_at <= now() limit 1)
          or (select true from line_notices n where n.line = l.key and n.due_at <= now() limit 1)
          or (select true from cards c where c.line = l.key and c.reply_due_at <= now() limit 1))
      order by open_at limit 1 for update skip locked
    ), post as (
      select d.id, d.state from line, lateral (
        select id, state from deliveries where line = line.key and state in ('waiting', 'sending')
          and run_at <= now()
        order by severity desc, number limit 1) d
    ), say as (
      select n.bulk_id from line, lateral (
        select bulk_id from line_notices where line = line.key and due_at <= now() order by due_at limit 1) n
    ), tell as (
      select c.id from line, lateral (
        select id from cards where line = line.key and reply_due_at <= now() order by reply_due_at limit 1) c
    ), leased as (
      update lines l set leased_until = now() + make_interval(secs => ${leaseSeconds}), leased_by = ${me}
      from line where l.key = line.key
    ), sending as (
      update deliveries d set state = 'sending', attempts = attempts + 1, last_attempt_at = now(),
        maybe_posted = maybe_posted or post.state = 'sending',
        unsure_since = coalesce(unsure_since,
          case when maybe_posted or post.state = 'sending' then last_attempt_at end)
      from post where d.id = post.id
      returning d.id as delivery_id, d.alert_id, d.destination_id, d.attempts, d.unsure_since, d.seen_ts, d.shape,
        d.created_at
    )
    select line.*, i.scopes, i.bot_user_id, sending.*, say.bulk_id, tell.id as card_id
    from line left join installations i on i.id = line.installation_id
      left join sending on true left join say on true left join tell on true`;
  const [row] = await prepared(db, "claim-line", statement);
  return row ? claimed(row) : null;
}

function claimed(row: Row): ClaimedLine | null {
  const job = jobOf(row);
  if (!job) return null;
  return {
    key: row.key,
    installationId: row.installation_id,
    channelId: row.channel_id,
    faultsInARow: row.faults_in_a_row,
    scopes: row.scopes ?? [],
    botUserId: row.bot_user_id,
    job,
  };
}

function jobOf(row: Row): ClaimedLine["job"] | null {
  if (row.delivery_id === null) return smallerJobOf(row);
  return {
    kind: "post",
    deliveryId: row.delivery_id,
    alertId: row.alert_id,
    destinationId: row.destination_id,
    attempts: row.attempts,
    unsureSince: row.unsure_since,
    seenTs: row.seen_ts,
    shape: row.shape,
    waitingSince: later(row.created_at, row.well_since),
  };
}

function smallerJobOf({ bulk_id, card_id }: Row): SayJob | TellJob | null {
  if (bulk_id !== null) return { kind: "say", bulkId: bulk_id };
  return card_id === null ? null : { kind: "tell", cardId: card_id };
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
