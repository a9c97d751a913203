import { sql } from "kysely";
import type { Transaction } from "../../db/transaction.ts";
import type { TryKeys } from "./try-keys.ts";

/** Longer than any failure counts. */
const stale = 24 * 60 * 60 * 1000;

/** Takes back a try that succeeded: the e-mail starts anew, the address loses only this one. */
export async function forgiveTry(tx: Transaction, keys: TryKeys, now: Date): Promise<void> {
  await tx
    .updateTable("sign_in_failures")
    .set({ failures: sql<number>`greatest(failures - 1, 0)` })
    .where("key", "=", keys.ip)
    .execute();
  await tx
    .deleteFrom("sign_in_failures")
    .where((is) => is.or([is("key", "=", keys.email), is("last_at", "<", new Date(now.getTime() - stale))]))
    .execute();
}
