import { type Kysely, sql } from "kysely";
import type { Person } from "../../alert/person.ts";
import type { Tables } from "../../db/tables/tables.ts";

/** Enabled users in the order in which they were made, `count` of them after the id `after`. */
export async function listAssignees(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select id, email, name from users where enabled and (${after}::uuid is null or id > ${after})
    order by id limit ${count}`.execute(db);
  return rows;
}
