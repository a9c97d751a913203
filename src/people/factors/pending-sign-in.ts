import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import type { Transaction } from "../../db/transaction.ts";
import { hashSecret, makeSecret } from "../principal.ts";
import type { Factors } from "./factors.ts";

const lifetimeMs = 5 * 60_000;
/** So many tabs or devices of one user can be at the second step; another one pushes out the oldest. */
const maxPerUser = 10;

/** A sign-in that has given the password. The secret is for a cookie; nothing of a session exists. */
export interface PendingSignIn {
  secret: string;
  expiresAt: Date;
  factors: Factors;
}

/** Begins the second step of a sign-in. */
export async function beginPending(
  tx: Transaction,
  userId: string,
  { factors, now }: { factors: Factors; now: Date },
): Promise<PendingSignIn> {
  const secret = makeSecret();
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  await tx
    .insertInto("pending_sign_ins")
    .values({ secret_hash: hashSecret(secret), user_id: userId, created_at: now, expires_at: expiresAt })
    .execute();
  const kept = tx
    .selectFrom("pending_sign_ins")
    .select("secret_hash")
    .where("user_id", "=", userId)
    .orderBy("created_at", "desc")
    .limit(maxPerUser);
  await tx
    .deleteFrom("pending_sign_ins")
    .where("user_id", "=", userId)
    .where("secret_hash", "not in", kept)
    .execute();
  return { secret, expiresAt, factors };
}

/** Whose sign-in waits for the second factor; null if it is over, or the user was disabled meanwhile. */
export async function findPending(
  db: Kysely<Tables>,
  secret: string | undefined,
  now: Date,
): Promise<{ userId: string; name: string; email: string } | null> {
  if (secret === undefined) return null;
  const pending = await db
    .selectFrom("pending_sign_ins")
    .innerJoin("users", "users.id", "user_id")
    .select(["user_id as userId", "name", "email"])
    .where("secret_hash", "=", hashSecret(secret))
    .where("expires_at", ">", now)
    .where("enabled", "=", true)
    .executeTakeFirst();
  return pending ?? null;
}

/** Uses up a pending sign-in. False if another request has done so, or something has ended it. */
export async function takePending(tx: Transaction, secret: string): Promise<boolean> {
  const taken = tx.deleteFrom("pending_sign_ins").where("secret_hash", "=", hashSecret(secret));
  return (await taken.returning("secret_hash").executeTakeFirst()) !== undefined;
}
