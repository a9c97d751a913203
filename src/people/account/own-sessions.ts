import { type Kysely, sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { Transaction } from "../../db/transaction.ts";
import { forgetDevice, forgetDevices } from "../devices.ts";
import { hashSecret } from "../principal.ts";

/** The session of a request. */
export interface OwnSession {
  userId: string;
  secret: string;
}

/** A session as its user sees it. */
export interface ListedSession {
  id: string;
  userAgent: string | null;
  /** From where it was last used. */
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  isCurrent: boolean;
}

/** At most `count` sessions of the user that are not over, after the one with the id `after`, newest first. */
export async function listSessions(
  db: Kysely<Tables>,
  { userId, secret }: OwnSession,
  { after, count, now }: { after: string | null; count: number; now: Date },
): Promise<ListedSession[]> {
  const sessions = db
    .selectFrom("sessions")
    .select(["id", "user_agent as userAgent", "ip", "created_at as createdAt", "last_seen_at as lastSeenAt"])
    .select(sql<boolean>`token_hash = ${hashSecret(secret)}`.as("isCurrent"))
    .where("user_id", "=", userId)
    .where("expires_at", ">", now)
    .orderBy("id", "desc")
    .limit(count);
  return (after === null ? sessions : sessions.where("id", "<", after)).execute();
}

/** Ends another session of the user and forgets its device. A refusal for their own one, or if there is none. */
export async function endOtherSession(
  tx: Transaction,
  { userId, secret }: OwnSession,
  id: string,
): Promise<Refusal | null> {
  const session = await tx
    .selectFrom("sessions")
    .select(["token_hash as hash", "device_hash as device"])
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  if (!session) return { refused: "not_found", why: "There is no such session, or it is over." };
  if (session.hash.equals(hashSecret(secret))) {
    return { refused: "conflict", why: "This is the session that you use. Sign out instead." };
  }
  await tx.deleteFrom("sessions").where("id", "=", id).execute();
  if (session.device) await forgetDevice(tx, userId, session.device);
  return null;
}

/** Ends all other sessions of the user and forgets their devices. Returns how many sessions that were. */
export async function endOtherSessions(tx: Transaction, { userId, secret }: OwnSession): Promise<number> {
  const ended = await tx
    .deleteFrom("sessions")
    .where("user_id", "=", userId)
    .where("token_hash", "!=", hashSecret(secret))
    .returning("id")
    .execute();
  await tx.deleteFrom("pending_sign_ins").where("user_id", "=", userId).execute();
  const current = await tx
    .selectFrom("sessions")
    .select("device_hash as device")
    .where("token_hash", "=", hashSecret(secret))
    .executeTakeFirst();
  await forgetDevices(tx, userId, current?.device ?? null);
  return ended.length;
}
