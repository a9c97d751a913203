import pg from "pg";

/**
 * On this search path, functions in `public` replace PostgreSQL's own `now()`, so that tests can move the clock of
 * a database and its column defaults. The offset is a constant in the functions, which PostgreSQL inlines at no cost.
 */
export const shadowedPath = "public,pg_catalog";

/** Creates the functions. Must run before there are tables, since column defaults refer to functions by id. */
export async function shadowClock(connection: pg.ClientConfig): Promise<void> {
  await moveDatabaseClock(connection, 0);
}

/** Sets how far a database's clock is ahead of the machine's, for prepared statements too. */
export async function moveDatabaseClock(to: pg.Pool | pg.ClientConfig, aheadMs: number): Promise<void> {
  const statements = shadow("now", "stable", aheadMs) + shadow("clock_timestamp", "volatile", aheadMs);
  if (to instanceof pg.Pool) return void (await to.query(statements));
  const client = new pg.Client(to);
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

function shadow(name: string, volatility: string, aheadMs: number): string {
  return `create or replace function public.${name}() returns timestamptz language sql ${volatility}
    as $$ select pg_catalog.${name}() + interval '${Math.round(aheadMs)} milliseconds' $$;\n`;
}
