import { sql } from "kysely";
import type { Transaction } from "../../db/transaction.ts";

/**
 * Changes to who may do what go one after the other: two admins who disable each other at once must not both
 * see the other as the one who is left. Held until the transaction ends.
 */
export async function lockPeople(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('tocsin people'))`.execute(tx);
}
