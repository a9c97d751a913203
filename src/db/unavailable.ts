import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** Why the database takes no work now, for people, and the seconds until a retry makes sense. */
export interface Unavailable {
  why: string;
  retryAfter: number;
}

/**
 * By SQLSTATE or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html); the first that fits counts.
 * The sender of a report keeps it and tries again, so what passes or can be repaired belongs here.
 */
const reasons: readonly [codes: RegExp, why: string, retryAfter: number][] = [
  [
    /^25006/,
    "The database is read-only: DATABASE_URL leads to a replica, or its host stopped writes, as a full disk makes some do",
    10,
  ],
  [/^53100/, "The disk of the database is full", 30],
  [/^53200/, "The database is out of memory", 10],
  [/^53300/, "The database accepts no more connections: raise its limit, or run fewer nodes", 5],
  [/^53/, "The database has reached a limit of its configuration", 10],
  [/^(57P04|3D)/, "The database in DATABASE_URL does not exist", 30],
  [/^57P/, "The database is stopping or starting", 5],
  [/^58/, "The database can't read or write its files", 30],
  [/^08/, "The connection to the database was lost", 5],
  [/^28/, "The database refuses the user or password in DATABASE_URL", 30],
  [
    /^(55P03|57014|40001|40P01)/,
    "The database is busy: a statement took too long or met others too often",
    5,
  ],
];

/** What an error of PostgreSQL says about the database itself; null if it is about the statement. */
export function whyUnavailable(fault: unknown): Unavailable | null {
  if (!(fault instanceof pg.DatabaseError)) return null;
  const found = reasons.find(([codes]) => codes.test(fault.code ?? ""));
  return found ? { why: `${found[1]}.`, retryAfter: found[2] } : null;
}

/** Resources that ran out, or a disk that fails: a query that only reads would not notice. */
const refusesWrites = /^(53[12]|58)/;
/** As long as a refused write counts. What still fails is tried, and refused, more often. */
const refusedMs = 30_000;
const readOnly = "25006";

/** Keeps what the connections of a pool hear from PostgreSQL. */
export function watchPool(pool: pg.Pool): { refusal(): Unavailable | null } {
  let last: { refusal: Unavailable; until: number } | null = null;
  const stale = new WeakSet<pg.PoolClient>();
  pool.on("connect", (client) => {
    if (!("connection" in client && client.connection instanceof EventEmitter)) return;
    client.connection.on("errorMessage", (fault: unknown) => {
      if (!(fault instanceof pg.DatabaseError)) return;
      if (fault.code === readOnly) stale.add(client);
      const refusal = refusesWrites.test(fault.code ?? "") && whyUnavailable(fault);
      if (refusal) last = { refusal, until: performance.now() + refusedMs };
    });
  });
  // A connection stays read-only when the database no longer is: to the old primary, or with the old default.
  pool.on("release", (_fault, client) => {
    if (stale.has(client)) void client.end();
  });
  return { refusal: () => (last && last.until > performance.now() ? last.refusal : null) };
}

const pingTimeoutMs = 2000;
const noAnswer: Unavailable = { why: "The database can't be reached.", retryAfter: 5 };
/** Changes no row, but only a database that takes writes runs it. Fails before the first migration. */
const emptyWrite = "update kysely_migration set name = name where false";

/** Whether the database answers within 2 seconds, and takes writes; null if it does. */
export async function findTrouble(db: {
  pool: pg.Pool;
  refusal(): Unavailable | null;
}): Promise<Unavailable | null> {
  const answered = db.pool.query(emptyWrite).then(
    () => db.refusal(),
    (fault: unknown) => whyUnavailable(fault) ?? noAnswer,
  );
  const waiting = new AbortController();
  const timeout = sleep(pingTimeoutMs, noAnswer, { signal: waiting.signal }).catch(() => noAnswer);
  return Promise.race([answered, timeout]).finally(() => waiting.abort());
}
