import type { RawBuilder } from "kysely";
import type { Database } from "./connect.ts";

/**
 * Runs a hot statement under a name, so that each connection parses and plans it once: for the large ones
 * that saves most of their time. The name stands for one text; only its parameters may vary.
 */
export async function prepared<Row>(db: Database, name: string, statement: RawBuilder<Row>): Promise<Row[]> {
  const { sql: text, parameters } = statement.compile(db.kysely);
  return (await db.pool.query({ name, text, values: [...parameters] })).rows;
}
