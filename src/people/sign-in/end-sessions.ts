import type { Transaction } from "../../db/transaction.ts";
import { hashSecret } from "../secret.ts";

/** Ends one session. */
export async function endSession(tx: Transaction, secret: string): Promise<void> {
  await tx.deleteFrom("sessions").where("token_hash", "=", hashSecret(secret)).execute();
}

/** Ends all sessions of a user, and removes those of anybody that have run out. */
export async function endSessionsOf(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx
    .deleteFrom("sessions")
    .where((or) => or.or([or("user_id", "=", userId), or("expires_at", "<", now)]))
    .execute();
}
