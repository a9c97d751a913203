import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import { lockPeople } from "../users/lock-people.ts";
import { makeLink } from "../make-link.ts";

/** A link that makes the first admin, to be shown on the terminal only; null if there is any user already. */
export function firstStartLink(
  db: Pick<Database, "kysely">,
  publicUrl: string,
  now: Date,
): Promise<string | null> {
  return transaction(db, async (tx) => {
    await lockPeople(tx);
    const user = await tx.selectFrom("users").select("id").limit(1).executeTakeFirst();
    return user ? null : makeLink(tx, null, { publicUrl, now });
  });
}
