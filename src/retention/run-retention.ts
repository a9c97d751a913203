import { sql } from "kysely";
import { v4 as randomId } from "uuid";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { audit } from "../people/audit-log/audit.ts";
import { removeOldEntries } from "../people/audit-log/remove-old-entries.ts";
import { type AlertBatch, type Cursor, deleteAlerts } from "./delete-alerts.ts";
import { keepMonths } from "./months.ts";
import { readKeeping } from "./settings.ts";
import { batchSize, sweepOnce, sweeps } from "./sweeps.ts";

/** Rows deleted, by kind. */
export type Deleted = Record<string, number>;

const leaseSeconds = 60;
/** A batch takes milliseconds. One that waits for a lock, or takes long, ends, and the run goes on a minute later. */
const limits = sql`select set_config('lock_timeout', '1s', true), set_config('statement_timeout', '20s', true)`;

const actor = { type: "system", id: null, name: "Tocsin" } as const;
const tocsin = { actor, via: "system", ip: null, agent: null, slack: null } as const;

/**
 * Deletes what is older than the settings allow, if this night's run (03:00 UTC by the database's clock) is due and no
 * other node has it. Each batch is a transaction of its own. At the end it looks after the partitions of months. A run that ends early is continued, by any node, once its
 * lease is over. Returns what was deleted, which is also in the audit log; null if no run was due.
 */
export async function runRetention(
  db: Pick<Database, "kysely">,
  { signal }: { signal: AbortSignal },
): Promise<Deleted | null> {
  const lease = randomId();
  const { rows } = await sql`
    update retention_runs set lease = ${lease}, leased_until = now() + make_interval(secs => ${leaseSeconds})
    where next_at <= now() and (leased_until is null or leased_until < now()) returning 1`.execute(db.kysely);
  if (rows.length === 0) return null;
  const batch = <T extends { deleted: number }>(kind: string, work: (tx: Transaction) => Promise<T>) =>
    transaction(db, async (tx): Promise<T> => {
      await limits.execute(tx);
      const done = await work(tx);
      await addCount(tx, lease, kind, done.deleted);
      return done;
    });
  const keep = await readKeeping(db.kysely);
  let cursor: Cursor | null = null;
  do {
    if (signal.aborted) return release(db, lease);
    const after: Cursor | null = cursor;
    const done: AlertBatch = await batch("alerts", (tx) => deleteAlerts(tx, keep.keepAlertsDays, after));
    cursor = done.next;
  } while (cursor);
  const sweepAll = sweeps.map(
    (sweep) => [sweep.kind, (tx: Transaction) => sweepOnce(tx, sweep, keep)] as const,
  );
  const removeEntries = (tx: Transaction) => removeOldEntries(tx, keep.keepAuditLogYears, batchSize);
  for (const [kind, once] of [...sweepAll, ["auditEntries", removeEntries] as const]) {
    let more = true;
    while (more) {
      if (signal.aborted) return release(db, lease);
      more = (await batch(kind, once)).deleted === batchSize;
    }
  }
  await keepMonths(db);
  return finish(db, lease);
}

/** Adds to the run's counts and renews its lease; throws if another node has it, which rolls the batch back. */
async function addCount(tx: Transaction, lease: string, kind: string, count: number): Promise<void> {
  const { rows } = await sql`
    update retention_runs set leased_until = now() + make_interval(secs => ${leaseSeconds}),
      deleted = case when ${count}::int = 0 then deleted else deleted ||
        jsonb_build_object(${kind}::text, coalesce((deleted ->> ${kind})::int, 0) + ${count}::int) end
    where lease = ${lease} returning 1`.execute(tx);
  if (rows.length === 0) throw new Error("Another node has taken over the retention run.");
}

/** The node stops: another one may continue at once. */
async function release(db: Pick<Database, "kysely">, lease: string): Promise<null> {
  await sql`update retention_runs set leased_until = null where lease = ${lease}`.execute(db.kysely);
  return null;
}

/** Writes what was deleted into the audit log, once, and sets the time of the next run. */
function finish(db: Pick<Database, "kysely">, lease: string): Promise<Deleted | null> {
  return transaction(db, async (tx) => {
    const { rows } = await sql<{ deleted: Deleted }>`
      with done as (select deleted from retention_runs where lease = ${lease} for update)
      update retention_runs set lease = null, leased_until = null, deleted = '{}',
        next_at = date_trunc('day', now() - interval '3 hours', 'UTC') + interval '27 hours'
      from done where lease = ${lease} returning done.deleted`.execute(tx);
    const deleted = rows[0]?.deleted ?? null;
    if (deleted && Object.keys(deleted).length > 0)
      await audit(tx, tocsin, { action: "retention.deleted", target: null, changes: null, data: deleted });
    return deleted;
  });
}
