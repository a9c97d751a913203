import type { Kysely } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { selectUsers, type User } from "../users.ts";

/** The user of this id. */
export async function findUser(db: Kysely<Tables>, id: string): Promise<User | Refusal> {
  const user = await selectUsers(db).where("users.id", "=", id).executeTakeFirst();
  return user ?? { refused: "not_found", why: "There is no such user." };
}
