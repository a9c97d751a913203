import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import pg from "pg";
import { pino } from "pino";
import { readConfig } from "../../src/config.ts";
import type { Tables } from "../../src/db/tables/tables.ts";
import { buildServer } from "../../src/http/server.ts";
import { serverDeps } from "../../test/tocsin/server-deps.ts";
import type { OpenApi } from "./api-pages.ts";

/** A database in which every query finds nothing. The routes are declared without one. */
const nothing = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db: Kysely<Tables>) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};

/** The OpenAPI document of this version, from the server's routes. */
export async function readOpenApi(): Promise<OpenApi> {
  const pool = new pg.Pool();
  const deps = serverDeps({
    db: {
      ...{
        kysely: new Kysely<Tables>({ dialect: nothing }),
        pool,
        connection: null,
        hasSessions: true,
        refusal: () => null,
      },
      died: new Promise(() => {}),
      close: () => pool.end(),
    },
    config: readConfig({}),
    log: pino({ level: "silent" }),
    clock: () => new Date(),
  });
  const app = await buildServer(deps);
  try {
    await app.ready();
    return (await app.inject("/api/openapi.json")).json();
  } finally {
    await app.close();
    deps.expressions.close();
    await pool.end();
  }
}
