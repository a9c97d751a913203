import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import type { Installation } from "./find-installation.ts";

export async function installationById(db: Kysely<Tables>, id: string): Promise<Installation | null> {
  const found = await db
    .selectFrom("installations")
    .select([
      "id",
      "team_id as teamId",
      "enterprise_id as enterpriseId",
      "bot_user_id as botUserId",
      "trusted",
    ])
    .where("id", "=", id)
    .executeTakeFirst();
  return found ?? null;
}
