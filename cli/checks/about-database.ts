import { readdir } from "node:fs/promises";
import { sql } from "kysely";
import type { Database } from "../../src/db/connect.ts";
import type { Finding } from "./finding.ts";

const migrations = new URL("../../src/db/migrations/", import.meta.url);

/** Whether the database answers, and has the schema of this version. */
export async function aboutDatabase({ kysely }: Pick<Database, "kysely">): Promise<Finding[]> {
  const { rows } = await sql<{ version: string; there: boolean }>`
    select current_setting('server_version') as version,
      to_regclass('kysely_migration') is not null as there`.execute(kysely);
  const [server] = rows;
  if (!server?.there)
    return [{ kind: "broken", what: "The database is empty: run `tocsin migrate`, or start it." }];
  const ran = await sql<{ name: string }>`select name from kysely_migration`.execute(kysely);
  const done = new Set(ran.rows.map(({ name }) => name));
  const ours = (await readdir(migrations)).filter((file) => /^\d{4}_/.test(file));
  const missing = ours.map((file) => file.replace(".ts", "")).filter((name) => !done.has(name));
  if (missing.length > 0)
    return [
      {
        kind: "broken",
        what: `The schema lacks ${missing.join(", ")}: run \`tocsin migrate\`, or start it.`,
      },
    ];
  return [{ kind: "well", what: `PostgreSQL ${server.version} answers, with the schema of this version.` }];
}
