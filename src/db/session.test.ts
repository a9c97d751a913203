import pg from "pg";
import { expect, test } from "vitest";
import { cloneDatabase } from "../../test/database.ts";
import { storeSettings } from "./session.ts";

test("stored settings hold for new sessions, and end only idle ones of Tocsin", async () => {
  const { url, drop } = await cloneDatabase();
  const pools = ["tocsin", "psql", "tocsin"].map((application_name) => {
    const pool = new pg.Pool({ connectionString: url, application_name, max: 1 });
    // Ended sessions are lost connections.
    return pool.on("error", () => {});
  });
  const [idle, other, asking] = pools as [pg.Pool, pg.Pool, pg.Pool];
  const read = async (pool: pg.Pool) => {
    const sql = "select pg_backend_pid() as pid, current_setting('statement_timeout') as timeout";
    return (await pool.query<{ pid: number; timeout: string }>(sql)).rows[0];
  };
  const before = { idle: await read(idle), other: await read(other) };
  await storeSettings(asking);
  await expect.poll(() => idle.totalCount).toBe(0);
  expect(await read(idle)).toMatchObject({ timeout: "30s" });
  expect(await read(other)).toEqual(before.other);
  expect(before.idle).toMatchObject({ timeout: "0" });
  // Nothing is left to store, so nobody is cut off again.
  const after = await read(idle);
  await storeSettings(asking);
  expect(await read(idle)).toEqual(after);
  await Promise.all(pools.map((pool) => pool.end()));
  await drop();
});
