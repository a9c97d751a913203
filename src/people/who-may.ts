import { type Kysely, sql } from "kysely";
import type { Permission } from "../alert/permission.ts";
import type { Tables } from "../db/tables/tables.ts";

/** The names of enabled users who have all these permissions, at most five, to be asked by somebody who lacks one. */
export async function whoMay(db: Kysely<Tables>, needed: readonly Permission[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select u.name from users u join roles r on r.id = u.role_id
    where u.enabled and r.permissions @> ${[...needed]}::text[]
    order by lower(u.name), u.id limit 5`.execute(db);
  return rows.map(({ name }) => name);
}
