import type { Kysely } from "kysely";
import type { Tables } from "../db/tables/tables.ts";

/** Whether whoever resolves an alert, or calls it invalid, must say why. */
export async function commentRequired(db: Kysely<Tables>): Promise<boolean> {
  const setting = await db
    .selectFrom("settings")
    .select("value")
    .where("name", "=", "comment_required")
    .executeTakeFirst();
  return setting?.value === true;
}
