import { type Kysely, sql } from "kysely";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { hashSecret, makeSecret } from "./principal.ts";

const day = 24 * 60 * 60 * 1000;

/** As long as browsers keep the cookie, in milliseconds from the last sign-in. */
const deviceLifetimeMs = 400 * day;

/** A user's further devices push out those used longest ago. */
const maxPerUser = 20;

/** A device that signed in, as its cookie and the database know it. */
export interface Device {
  secret: string;
  hash: Buffer;
}

/** Whether a device with this secret signed in as the user of the query's row. */
export function knowsDevice(secret: string | null, now: Date) {
  return sql<boolean>`exists (select from devices d where d.user_id = users.id
    and d.secret_hash = ${hashSecret(secret ?? "")} and d.last_used_at > ${usedSince(now)})`;
}

/** Whether somebody signed in with a device with this secret. */
export async function isKnownDevice(db: Kysely<Tables>, secret: string | null, now: Date): Promise<boolean> {
  if (secret === null) return false;
  const devices = db.selectFrom("devices").select("user_id").where("secret_hash", "=", hashSecret(secret));
  return (await devices.where("last_used_at", ">", usedSince(now)).limit(1).executeTakeFirst()) !== undefined;
}

/** Whether a device with this secret signed in as this user. */
export async function isKnownDeviceOf(
  db: Kysely<Tables>,
  { secret, userId, now }: { secret: string; userId: string; now: Date },
): Promise<boolean> {
  const devices = db.selectFrom("devices").select("user_id").where("secret_hash", "=", hashSecret(secret));
  const own = devices.where("user_id", "=", userId).where("last_used_at", ">", usedSince(now));
  return (await own.executeTakeFirst()) !== undefined;
}

function usedSince(now: Date): Date {
  return new Date(now.getTime() - deviceLifetimeMs);
}

/** Remembers that a device signed in as the user. A cookie that no user's device has is replaced. */
export async function rememberDevice(
  tx: Transaction,
  userId: string,
  { secret, now }: { secret: string | null; now: Date },
): Promise<Device> {
  const ours = await tx
    .selectFrom("devices")
    .select("user_id")
    .where("secret_hash", "=", hashSecret(secret ?? ""))
    .where("last_used_at", ">", usedSince(now))
    .limit(1)
    .executeTakeFirst();
  const kept = ours && secret !== null ? secret : makeSecret();
  const hash = hashSecret(kept);
  await tx
    .insertInto("devices")
    .values({ user_id: userId, secret_hash: hash, last_used_at: now })
    .onConflict((same) => same.columns(["user_id", "secret_hash"]).doUpdateSet({ last_used_at: now }))
    .execute();
  await sql`
    delete from devices where user_id = ${userId} and secret_hash not in (
      select secret_hash from devices where user_id = ${userId}
      order by last_used_at desc limit ${maxPerUser})`.execute(tx);
  return { secret: kept, hash };
}

/** Forgets a user's devices, which then sign in as unknown ones; `except` is kept. */
export async function forgetDevices(tx: Transaction, userId: string, except: Buffer | null): Promise<void> {
  const devices = tx.deleteFrom("devices").where("user_id", "=", userId);
  await (except ? devices.where("secret_hash", "!=", except) : devices).execute();
}

/** Forgets one device of a user. */
export async function forgetDevice(tx: Transaction, userId: string, hash: Buffer): Promise<void> {
  await tx.deleteFrom("devices").where("user_id", "=", userId).where("secret_hash", "=", hash).execute();
}
