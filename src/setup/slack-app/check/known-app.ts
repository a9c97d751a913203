import type { Kysely } from "kysely";
import type { Tables } from "../../../db/tables/tables.ts";

/** The id of the app whose bot token is stored; null before there is one. */
export async function knownApp(db: Kysely<Tables>): Promise<string | null> {
  const row = await db
    .selectFrom("installations")
    .select("app_id")
    .where("app_id", "is not", null)
    .orderBy("id")
    .executeTakeFirst();
  return row?.app_id ?? null;
}
