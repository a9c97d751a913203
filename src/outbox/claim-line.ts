import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Severity } from "../alert/alert.ts";
import type { MessageKindName } from "../db/tables/outgoing.ts";
import { prepared } from "../db/transaction.ts";
import { claimed } from "./deliveries.ts";
import type { Deps } from "./deps.ts";

/** A message to post, and the state of earlier attempts. */
export interface Posting {
  /** Also the id in the message's metadata. */
  id: string;
  /** Including this one. */
  attempts: number;
  /** Start of the first attempt whose answer was lost, so Slack may have the message; null without one. */
  unsureSince: Date | null;
  /** `ts` of the message, if an event or a click has shown that it is in Slack. */
  seenTs: string | null;
  /** Index into `drawSteps`. */
  drawStep: number;
  /** Excludes the time that a setup fault held the line. */
  waitingSince: Date;
}

/** A card to post. Its delivery, which `id` names, is already marked as `sending`. */
export interface PostJob extends Posting {
  kind: "post";
  alertId: string;
  destinationId: string;
  severity: Severity;
  createdAt: Date;
  /** The error of the last attempt. */
  error: string | null;
}

/** Any other message, to post or to edit. One to post is already marked as being posted. */
export interface Message extends Posting {
  kind: MessageKindName;
  installationId: string;
  line: string;
  /** The channel of the message in Slack; before that the channel or person of its line. */
  channelId: string;
  /** Null until it is in Slack. */
  ts: string | null;
  /** What it draws. */
  subjectId: string;
  /** The message in whose thread it is. */
  parentId: string | null;
  /** The changes that it has to show: more may come while it is posted. */
  wanted: number;
  /** What the drawing that Slack may have shows. */
  shown: number;
}

/** A claimed line of a Slack channel, and its most urgent job. */
export interface ClaimedLine {
  key: string;
  /** Names this claim. A job whose lease has ended can't act on a newer claim, not even one of its own process. */
  lease: string;
  /** How often the line had been repaired at the claim. */
  repairs: number;
  /** It is deleted once nothing waits in it. */
  ofPerson: boolean;
  /** The setup fault that holds the line; this job is its probe. */
  fault: string | null;
  /** The deliveries that were refused in a row, all with this code. */
  refused: { code: string | null; ids: readonly string[] };
  /** `performance.now()` just before the claim. */
  claimedAt: number;
  installationId: string;
  channelId: string;
  faultsInARow: number;
  /** The scopes of the installation; null if Slack did not say. */
  scopes: readonly string[] | null;
  botUserId: string | null;
  /** The digest of the current storm; null without a storm. */
  digestId: string | null;
  /** How many alerts wait, without INFO; counted up to `stormThreshold` + 1. */
  waiting: number;
  job: PostJob | Message;
}

/** The rank of digests, which go before cards; all other messages go after them. */
export const digestRank = 0;

/** A storm begins when more alerts than this wait for a line. */
export const stormThreshold = 20;

/** Deliveries that a setup fault held for longer than this go into a digest. */
export const staleMs = 3 * 24 * 3600 * 1000;

/** SQL: during a storm these deliveries get a card of their own; the digest takes the others. */
export const getsOwnCard = sql.raw(
  `severity >= 'HIGH' and created_at > now() - interval '${staleMs} milliseconds'`,
);

interface Row {
  key: string;
  fault: string | null;
  refused_code: string | null;
  refused_ids: string[];
  repairs: number;
  of_person: boolean;
  installation_id: string;
  channel_id: string;
  faults_in_a_row: number;
  digest_id: string | null;
  scopes: string[] | null;
  bot_user_id: string | null;
  waiting: number;
  job: "post" | MessageKindName | null;
  id: string;
  alert_id: string;
  destination_id: string;
  severity: Severity;
  error: string | null;
  attempts: number;
  unsure_since: Date | null;
  seen_ts: string | null;
  step: number;
  created_at: Date;
  parent_id: string | null;
  wanted: number;
  shown: number;
  well_since: Date;
}

/**
 * SQL: after a restart of the database, workers first get 2 seconds to write what Slack answered meanwhile.
 */
const isDatabaseSettled = sql.raw("pg_postmaster_start_time() < now() - interval '2 seconds'");

const isDue = sql.raw("state in ('waiting', 'sending') and run_at <= now()");

/**
 * Claims the line of one Slack channel that is open and has a job due. The order is in
 * docs/behaviour.md#rates. A delivery found as `sending` in an unclaimed line was left by a dead worker, so
 * Slack may have its card.
 */
export async function claimLine({ db, pace }: Pick<Deps, "db" | "pace">): Promise<ClaimedLine | null> {
  const lease = randomUUID();
  const statement = sql<Row>`
    with line as (
      select key, installation_id, channel_id, faults_in_a_row, well_since, digest_id, fault, refused_code,
        refused_ids, repairs, of_person
      from lines l
      where destination_type = 'slack-bot' and open_at <= now()
        and (leased_until is null or (leased_until <= now() and ${isDatabaseSettled}))
        and (case when digest_id is null
            then (select true from deliveries d where d.line = l.key and ${isDue} limit 1)
            else (select true from deliveries d where d.line = l.key and ${isDue} and ${getsOwnCard} limit 1)
              or (select true from deliveries d where d.line = l.key and ${isDue} and asked limit 1) end
          or (select true from messages m where m.line = l.key and m.due_at <= now() limit 1))
      order by open_at limit 1 for update skip locked
    ), message as (
      select m.* from line, lateral (select id, state, rank from messages
        where line = line.key and due_at <= now() order by rank, due_at limit 1) m
    ), post as (
      select d.id, d.state from line, lateral (
        (select id, state, 1 as turn from deliveries where line.fault is null and line = line.key and ${isDue}
          and asked order by number limit 1)
        union all
        (select id, state, 2 from deliveries where line.fault is null and line.digest_id is null
          and line = line.key and ${isDue} order by severity desc, number limit 1)
        union all
        (select id, state, 3 from deliveries where line.fault is null and line.digest_id is not null
          and line = line.key and ${isDue} and ${getsOwnCard} order by severity desc, number limit 1)
        union all
        -- A held line probes with a different delivery each time: one that Slack refuses must not keep it held.
        (select id, state, 4 from deliveries where line.fault is not null and line = line.key and ${isDue}
          and (line.digest_id is null or asked or ${getsOwnCard})
          order by run_at, severity desc, number limit 1)
        order by turn limit 1) d
      where not exists (select from message where rank = ${sql.lit(digestRank)})
    ), waiting as (
      select count(*)::int as waiting from line, lateral (
        select distinct severity, number from deliveries
        where line.digest_id is null and line = line.key and state in ('waiting', 'sending') and severity > 'INFO'
        order by severity desc, number limit ${sql.lit(stormThreshold + 1)}) d
    ), leased as (
      update lines l set leased_until = now() + make_interval(secs => ${pace.lineLease}), leased_by = ${lease}
      from line where l.key = line.key
    ), sending as (
      ${claimed({ from: sql`post`, where: sql`d.id = post.id` })}
      returning 'post' as job, d.id, d.alert_id, d.destination_id, d.severity, d.error, d.attempts, d.unsure_since,
        d.seen_ts, d.shape as step, d.created_at, null::uuid as parent_id, 0 as wanted, 0 as shown
    ), posting as (
      update messages m set state = 'posting', lease = ${lease}, attempts = attempts + 1, attempted_at = now(),
        unsure_since = coalesce(unsure_since, case when message.state = 'posting' then attempted_at end)
      from message where m.id = message.id and not exists (select from post)
      returning m.kind, m.id, m.subject_id, null::uuid, null::severity, null, m.attempts, m.unsure_since,
        m.seen_ts, m.step, m.created_at, m.parent_id, m.wanted, m.shown
    )
    select line.*, i.scopes, i.bot_user_id, waiting.waiting, job.*
    from line left join installations i on i.id = line.installation_id left join waiting on true
      left join (select * from sending union all select * from posting) job on true`;
  const claimedAt = performance.now();
  const [row] = await prepared(db, "claim-line", statement);
  return row ? claimedLine(row, { lease, claimedAt }) : null;
}

function claimedLine(row: Row, claim: Pick<ClaimedLine, "lease" | "claimedAt">): ClaimedLine | null {
  const job = jobOf(row);
  if (!job) return null;
  return {
    key: row.key,
    ...claim,
    repairs: row.repairs,
    ofPerson: row.of_person,
    fault: row.fault,
    refused: { code: row.refused_code, ids: row.refused_ids },
    installationId: row.installation_id,
    channelId: row.channel_id,
    faultsInARow: row.faults_in_a_row,
    scopes: row.scopes,
    botUserId: row.bot_user_id,
    digestId: row.digest_id,
    waiting: row.waiting,
    job,
  };
}

function jobOf(row: Row): ClaimedLine["job"] | null {
  const posting = {
    id: row.id,
    attempts: row.attempts,
    unsureSince: row.unsure_since,
    seenTs: row.seen_ts,
    drawStep: row.step,
    waitingSince: later(row.created_at, row.well_since),
  };
  if (row.job === null) return null;
  if (row.job === "post") {
    const { alert_id: alertId, destination_id: destinationId, severity, error, created_at: createdAt } = row;
    return { kind: "post", ...posting, alertId, destinationId, severity, error, createdAt };
  }
  const { key: line, installation_id: installationId, channel_id: channelId, parent_id: parentId } = row;
  const { alert_id: subjectId, wanted, shown } = row;
  const place = { installationId, line, channelId, ts: null };
  return { kind: row.job, ...posting, ...place, subjectId, parentId, wanted, shown };
}

export function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
