import type { Deps } from "../../api/deps.ts";
import { problem } from "../problem.ts";

/** The id of an alert that is named by id or by number; a 404 if there is none. */
export async function alertIdOf({ db }: Deps, named: string): Promise<string> {
  const byNumber = /^\d+$/.test(named);
  const found = await db.kysely
    .selectFrom("alerts")
    .select("id")
    .where(byNumber ? "number" : "id", "=", byNumber ? Number(named) : named)
    .executeTakeFirst();
  if (!found) throw problem(404, "There is no such alert.");
  return found.id;
}
