import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase } from "../../test/database.ts";
import { describeFault, isDataException, logFault } from "./fault.ts";

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let client: pg.Client;
beforeAll(async () => {
  database = await cloneDatabase();
  client = new pg.Client(database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const failing = [
  ["22P02", "select $1::uuid"],
  ["22P02", "select $1::jsonb"],
  [
    "23505",
    "insert into sources (id, kind, name) select gen_random_uuid(), 'native', $1 from generate_series(1, 2)",
  ],
  [
    "P0001",
    "do $$ begin raise exception 'the secret' using detail = 'the secret', hint = 'the secret'; end $$",
  ],
] as const;

test.each(failing)(
  "the log has code and names of error %s of %s, not the values",
  async (code, statement) => {
    const values = statement.includes("$1") ? ["the secret"] : [];
    const fault = await client.query(statement, values).catch((thrown: unknown) => thrown);
    const wrapped = new AggregateError([fault], "several failed", {
      cause: new Error("it failed", { cause: fault }),
    });
    for (const one of [fault, wrapped]) {
      const logged = JSON.stringify(logFault(one));
      expect(logged).toContain(`"code":"${code}"`);
      expect(logged).toContain("fault.test.ts");
      expect(logged).not.toContain("the secret");
    }
    expect(describeFault(fault)).toBe(`PostgreSQL answered with the error ${code}.`);
    expect(isDataException(fault)).toBe(code.startsWith("22"));
  },
);
