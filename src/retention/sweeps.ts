import { type RawBuilder, sql } from "kysely";
import { type Keeping, keepBodiesDays } from "../alert/keeping.ts";
import type { Transaction } from "../db/transaction.ts";

/** Rows of one kind that are deleted once they are old. */
export interface Sweep {
  /** As the audit log names it. */
  kind: string;
  /** Deletes at most `batchSize` rows and returns them. */
  batch: (keep: Keeping) => RawBuilder<unknown>;
}

export const batchSize = 1000;

/** Deletes rows of a table whose key is looked up first, so that locked ones are left for the next time. */
function deleteFrom(table: string, key: string, old: RawBuilder<unknown>): RawBuilder<unknown> {
  const [from, columns] = [sql.table(table), sql.raw(key)];
  return sql`delete from ${from} where (${columns}) in
    (select ${columns} from ${from} where ${old} limit ${batchSize} for update skip locked) returning 1`;
}

const days = (count: number) => sql`now() - make_interval(days => ${count})`;

/** Everything that grows without end, besides alerts. `bounded-tables.ts` lists the tables that don't. */
export const sweeps: readonly Sweep[] = [
  {
    kind: "samples",
    batch: ({ keepSamplesDays }) =>
      deleteFrom("alert_samples", "alert_id, n", sql`at < ${days(keepSamplesDays)}`),
  },
  {
    // "Seen before" looks back as far.
    kind: "entities",
    batch: () => deleteFrom("alert_entities", "hash, opened_at, alert_id", sql`opened_at < ${days(90)}`),
  },
  {
    kind: "idempotencyReceipts",
    batch: () =>
      deleteFrom("ingest_requests", "source_id, key", sql`created_at < now() - interval '24 hours'`),
  },
  {
    // `trimBodies` keeps them below a size, too.
    kind: "sourceBodies",
    batch: () => deleteFrom("source_bodies", "id", sql`last_at < ${days(keepBodiesDays)}`),
  },
  {
    // As long as it takes to tell a regular source, and two days for what is left.
    kind: "sourceActivity",
    batch: () =>
      deleteFrom(
        "source_activity",
        "source_id, at",
        sql`at < (select now() - make_interval(days => 2, hours => 8 * no_data_hours) from sources s
          where s.id = source_activity.source_id)`,
      ),
  },
  {
    kind: "sourceFaults",
    batch: ({ keepAlertsDays }) => deleteFrom("source_faults", "id", sql`ended_at < ${days(keepAlertsDays)}`),
  },
  { kind: "sessions", batch: () => deleteFrom("sessions", "token_hash", sql`expires_at < now()`) },
  { kind: "passwordLinks", batch: () => deleteFrom("password_links", "token_hash", sql`expires_at < now()`) },
  {
    kind: "signInFailures",
    batch: () => deleteFrom("sign_in_failures", "key", sql`last_at < now() - interval '24 hours'`),
  },
  { kind: "usedSignIns", batch: () => deleteFrom("used_sign_ins", "state_hash", sql`expires_at < now()`) },
  {
    kind: "pendingSignIns",
    batch: () => deleteFrom("pending_sign_ins", "secret_hash", sql`expires_at < now()`),
  },
  {
    kind: "passkeyChallenges",
    batch: () => deleteFrom("passkey_challenges", "holder_hash, purpose", sql`expires_at < now()`),
  },
  {
    kind: "unconfirmedAnswers",
    batch: () => deleteFrom("unconfirmed_answers", "id", sql`expires_at < now()`),
  },
  { kind: "oauthStates", batch: () => deleteFrom("slack_installs", "id", sql`expires_at < now()`) },
  {
    kind: "manifests",
    batch: ({ keepAlertsDays }) =>
      deleteFrom(
        "slack_manifests",
        "id",
        sql`at < ${days(keepAlertsDays)} and at < (select max(at) from slack_manifests)`,
      ),
  },
  {
    kind: "bulkNotices",
    batch: ({ keepAlertsDays }) =>
      deleteFrom("messages", "id", sql`kind = 'bulk-notice' and created_at < ${days(keepAlertsDays)}`),
  },
  {
    kind: "digests",
    batch: ({ keepAlertsDays }) => sql`
      with old as (select id from digests g where closed_at < ${days(keepAlertsDays)}
          and not exists (select from deliveries d where d.digest_id = g.id) limit ${batchSize} for update skip locked),
        changes as (delete from digest_changes where digest_id in (select id from old)),
        posted as (delete from messages where id in (select id from old))
      delete from digests where id in (select id from old) returning 1`,
  },
  {
    kind: "faultMails",
    batch: ({ keepAlertsDays }) =>
      deleteFrom(
        "fault_mails",
        "id",
        sql`fault_id in (select id from setup_faults where ended_at < ${days(keepAlertsDays)})`,
      ),
  },
  {
    kind: "setupFaults",
    batch: ({ keepAlertsDays }) =>
      deleteFrom(
        "setup_faults",
        "id",
        sql`ended_at < ${days(keepAlertsDays)}
          and not exists (select from fault_mails m where m.fault_id = setup_faults.id)`,
      ),
  },
  {
    // Those that nobody has set anything for, and whose alerts are gone. A report makes them again.
    kind: "detections",
    batch: ({ keepAlertsDays }) =>
      deleteFrom(
        "detections",
        "id",
        sql`created_at < ${days(keepAlertsDays)} and override is null and automatic_boomerang is null
          and not exists (select from alerts a
          where a.detection_id = detections.detection_id and a.source_id = detections.source_id)`,
      ),
  },
];

/** Deletes one batch; returns how many rows it had. */
export async function sweepOnce(
  tx: Transaction,
  { batch }: Sweep,
  keep: Keeping,
): Promise<{ deleted: number }> {
  return { deleted: (await batch(keep).execute(tx)).rows.length };
}
