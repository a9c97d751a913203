import type { Kysely } from "kysely";
import type { Permission } from "../alert/permission.ts";
import type { Tables } from "../db/tables/tables.ts";
import { hashSecret } from "./secret.ts";
import { sessionLifetime } from "./sign-in/session-lifetime.ts";

/** Who is signed in. */
export interface Session {
  user: { id: string; email: string; name: string; role: string };
  permissions: Permission[];
}

const touchEveryMs = 60_000;

/** The session of this secret and what its user may do now; null if it is over or the user is disabled. */
export async function findSession(db: Kysely<Tables>, secret: string, now: Date): Promise<Session | null> {
  const hash = hashSecret(secret);
  const found = await db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .innerJoin("roles", "roles.id", "users.role_id")
    .select(["users.id", "email", "users.name", "roles.name as role", "permissions"])
    .select(["sessions.created_at", "last_seen_at"])
    .where("token_hash", "=", hash)
    .where("expires_at", ">", now)
    .where("enabled", "=", true)
    .executeTakeFirst();
  if (!found) return null;
  if (now.getTime() - found.last_seen_at.getTime() > touchEveryMs) {
    const lifetime = { last_seen_at: now, expires_at: sessionLifetime(found.created_at, now) };
    await db.updateTable("sessions").set(lifetime).where("token_hash", "=", hash).execute();
  }
  const { id, email, name, role, permissions } = found;
  return { user: { id, email, name, role }, permissions };
}
