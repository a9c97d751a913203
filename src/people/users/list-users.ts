import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import { selectUsers, type User } from "../users.ts";

/** At most `count` users in the order in which they were made, after the one whose id is `after`. */
export function listUsers(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<User[]> {
  const users = selectUsers(db).orderBy("users.id").limit(count);
  return (after === null ? users : users.where("users.id", ">", after)).execute();
}
