import type { Kysely } from "kysely";
import { v7 as uuid } from "uuid";
import type { Permission } from "../alert/permission.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Device } from "./devices.ts";
import { lacksFactor } from "./factors/factors.ts";
import { hashSecret, makeSecret } from "./principal.ts";

/** The signed-in user with their permissions. */
interface Session {
  user: { id: string; email: string; name: string; role: string };
  permissions: Permission[];
  /** When the user last proved who they are: at sign-in, or since. */
  confirmedAt: Date;
  /** Whether the user first has to add a second factor. */
  mustAddFactor: boolean;
}

const touchIntervalMs = 60_000;

/** The session with this secret and its user's current permissions; null if it is over or the user is disabled. */
export async function findSession(
  db: Kysely<Tables>,
  secret: string,
  { ip, now }: { ip: string; now: Date },
): Promise<Session | null> {
  const hash = hashSecret(secret);
  const found = await db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .innerJoin("roles", "roles.id", "users.role_id")
    .select(["users.id", "email", "users.name", "roles.name as role", "permissions"])
    .select(["sessions.created_at", "last_seen_at", "confirmed_at"])
    .select(lacksFactor.as("mustAddFactor"))
    .where("token_hash", "=", hash)
    .where("expires_at", ">", now)
    .where("enabled", "=", true)
    .executeTakeFirst();
  if (!found) return null;
  if (now.getTime() - found.last_seen_at.getTime() > touchIntervalMs) {
    const lifetime = { ip, last_seen_at: now, expires_at: sessionLifetime(found.created_at, now) };
    await db.updateTable("sessions").set(lifetime).where("token_hash", "=", hash).execute();
  }
  const { id, email, name, role, permissions, mustAddFactor } = found;
  const confirmedAt = found.confirmed_at ?? found.created_at;
  return { user: { id, email, name, role }, permissions, confirmedAt, mustAddFactor };
}

/** Ends one session. Returns what its sign-out at the identity provider needs; null if it didn't begin there. */
export async function endSession(
  tx: Transaction,
  secret: string,
): Promise<{ idToken: Buffer | null } | null> {
  const ended = await tx
    .deleteFrom("sessions")
    .where("token_hash", "=", hashSecret(secret))
    .returning(["by_provider", "id_token"])
    .executeTakeFirst();
  return ended?.by_provider ? { idToken: ended.id_token } : null;
}

/** Ends all sessions and pending sign-ins of a user. Also deletes expired sessions of all users. */
export async function endSessionsOf(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx
    .deleteFrom("sessions")
    .where((or) => or.or([or("user_id", "=", userId), or("expires_at", "<", now)]))
    .execute();
  await tx.deleteFrom("pending_sign_ins").where("user_id", "=", userId).execute();
}

/** A new session and its device. The secrets are for cookies and are not stored. */
export interface NewSession {
  secret: string;
  deviceSecret: string;
}

interface SessionStart {
  now: Date;
  ip: string | null;
  userAgent: string | null;
  device: Device;
  /** The sealed token of a sign-in at the identity provider, and when the person proved there who they are. */
  byProvider?: { idToken: Buffer | null; confirmedAt: Date };
}

/** Starts a session of the user. */
export async function startSession(
  tx: Transaction,
  userId: string,
  { now, ip, userAgent, device, byProvider }: SessionStart,
): Promise<NewSession> {
  const secret = makeSecret();
  await tx
    .insertInto("sessions")
    .values({
      id: uuid(),
      token_hash: hashSecret(secret),
      device_hash: device.hash,
      user_id: userId,
      created_at: now,
      last_seen_at: now,
      expires_at: sessionLifetime(now, now),
      ip,
      user_agent: userAgent?.slice(0, 300) ?? null,
      ...(byProvider && {
        by_provider: true,
        id_token: byProvider.idToken,
        confirmed_at: byProvider.confirmedAt,
      }),
    })
    .execute();
  return { secret, deviceSecret: device.secret };
}

const day = 24 * 60 * 60 * 1000;
const idleLifetime = 14 * day;

/** In milliseconds from the sign-in. */
export const maxSessionMs = 30 * day;

/** When a session that is used now ends: in 14 days, but at most 30 days after the sign-in. */
export function sessionLifetime(signedInAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + idleLifetime, signedInAt.getTime() + maxSessionMs));
}
