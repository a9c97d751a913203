import type { Transaction } from "../../db/transaction.ts";
import type { TryKeys } from "./try-keys.ts";
import { failuresLeft, type Patience, patience, waitBefore } from "../sign-in-tries.ts";

/**
 * Counts a try as failed before the password is looked at, so that many at once can't all be the first. Gives
 * back 0, or the milliseconds to wait, and then the try isn't counted.
 */
export async function takeTry(tx: Transaction, keys: TryKeys, now: Date): Promise<number> {
  const tried = await lockFailures(tx, keys, now);
  const wait = Math.max(...tried.map((row) => waitBefore(row, row.patience, now)));
  if (wait > 0) return wait;
  for (const row of tried) {
    const failures = failuresLeft(row, row.patience, now) + 1;
    await tx
      .updateTable("sign_in_failures")
      .set({ failures, last_at: now })
      .where("key", "=", row.key)
      .execute();
  }
  return 0;
}

/** Both rows, made if they are new, locked in the order of their keys. */
async function lockFailures(tx: Transaction, keys: TryKeys, now: Date) {
  const both = [keys.email, keys.ip];
  await tx
    .insertInto("sign_in_failures")
    .values(both.sort().map((key) => ({ key, failures: 0, last_at: now })))
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
  const rows = await tx
    .selectFrom("sign_in_failures")
    .select(["key", "failures", "last_at as lastAt"])
    .where("key", "in", both)
    .orderBy("key")
    .forUpdate()
    .execute();
  const patienceFor = (key: string): Patience => (key === keys.ip ? patience.ip : patience.email);
  return rows.map((row) => ({ ...row, patience: patienceFor(row.key) }));
}
