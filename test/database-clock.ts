import pg from "pg";

/**
 * The clock of test databases. Functions of this name in `public` come before PostgreSQL's own on this search
 * path, so a test can move the time that the database and all column defaults see. Product code knows nothing
 * of it. The offset is part of the functions' bodies: PostgreSQL inlines them, so they cost nothing.
 */
export const shadowedPath = "public,pg_catalog";

/** Creates the functions in a database that has no tables yet, since column defaults refer to functions by id. */
export async function shadowClock(connection: pg.ClientConfig): Promise<void> {
  await moveDatabaseClock(connection, 0);
}

/** Sets how far a database's clock is ahead of the machine's; statements that are prepared follow. */
export async function moveDatabaseClock(connection: pg.ClientConfig, aheadMs: number): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(shadow("now", "stable", aheadMs) + shadow("clock_timestamp", "volatile", aheadMs));
  } finally {
    await client.end();
  }
}

function shadow(name: string, volatility: string, aheadMs: number): string {
  return `create or replace function public.${name}() returns timestamptz language sql ${volatility}
    as $$ select pg_catalog.${name}() + interval '${Math.round(aheadMs)} milliseconds' $$;\n`;
}
