import type { Deps } from "../../../api/deps.ts";

/** The id of the alert with this number; null if there is none. */
export async function findNumber({ db }: Deps, number: number): Promise<string | null> {
  const found = await db.kysely
    .selectFrom("alerts")
    .select("id")
    .where("number", "=", number)
    .executeTakeFirst();
  return found?.id ?? null;
}
