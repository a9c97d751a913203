import pg from "pg";

/** What holds for every statement of Tocsin, unless its transaction says otherwise. */
const settings = {
  /**
   * Prepared statements are planned once per connection, often while tables are small, and would keep a sequential scan
   * as the tables grow; each of them has an index. JIT and parallel workers cost more to start than reading 100,000
   * index entries.
   */
  enable_seqscan: "off",
  jit: "off",
  max_parallel_workers_per_gather: "0",
  /**
   * Ordinary statements take milliseconds. What takes this long holds others up, so it ends with an error, and a session
   * that forgot its transaction loses it. Long work sets its own limits, as `migrate` and retention do.
   */
  statement_timeout: "30s",
  lock_timeout: "10s",
  idle_in_transaction_session_timeout: "60s",
};

/** A setting that PostgreSQL doesn't know, by which a session tells that it got those it was started with. */
const mark = "tocsin.session";

/** The settings, as a connection brings them to a session of its own. */
export const sessionOptions = [...Object.entries(settings), [mark, "own"]]
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(" ");

/** SQLSTATEs: protocol violation, and feature not supported. Poolers refuse `options` with them. */
const refusesOptions = ["08P01", "0A000"];

/**
 * Whether a pool, whose connections bring `sessionOptions`, has sessions of PostgreSQL. Poolers that give each
 * transaction another one refuse or ignore these. Throws, and ends the pool, if its address doesn't answer.
 */
export async function isSession(pool: pg.Pool): Promise<boolean> {
  try {
    const { rows } = await pool.query("select current_setting($1, true) as mark", [mark]);
    return rows[0]?.mark === "own";
  } catch (fault) {
    if (fault instanceof pg.DatabaseError && refusesOptions.includes(fault.code ?? "")) return false;
    await pool.end();
    throw fault;
  }
}

/**
 * Stores the settings for this role in this database, since a pooler brings none along. Each session that the pooler
 * starts from now on has them; a role may do so without further rights.
 */
export async function storeSettings(pool: pg.Pool): Promise<void> {
  const wanted = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const { rows } = await pool.query(
    `select current_user as role, current_database() as database from (select) as one where not exists (
       select from pg_db_role_setting s join pg_roles r on r.oid = s.setrole join pg_database d on d.oid = s.setdatabase
       where rolname = current_user and datname = current_database() and setconfig @> $1::text[])`,
    [wanted],
  );
  for (const { role, database } of rows)
    for (const [name, value] of Object.entries(settings))
      await pool.query(
        `alter role ${pg.escapeIdentifier(role)} in database ${pg.escapeIdentifier(database)} set ${name} = '${value}'`,
      );
  if (rows.length > 0) await endSessions(pool);
}

/** Ends the pooler's sessions that nobody uses now, which still have the settings from before, and this one. */
async function endSessions(pool: pg.Pool): Promise<void> {
  await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
    and usename = current_user and application_name = 'tocsin' and state = 'idle' and pid <> pg_backend_pid()`);
  // It can't answer any more.
  await pool.query("select pg_terminate_backend(pg_backend_pid())").catch(() => {});
}
