import { type Kysely, sql } from "kysely";
import type { Permission } from "../../alert/permission.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Oidc } from "../../config.ts";
import type { Tables } from "../../db/tables/tables.ts";

const manageUsers: Permission = "Manage Users";

interface EmergencyAdmin {
  id: string;
  email: string;
  hasPassword: boolean;
}

/**
 * The one user who may sign in by password although only OpenID Connect is accepted: the one whom OIDC_EMERGENCY_ADMIN
 * names, otherwise the oldest with a password. They have to be enabled and have Manage Users; null if there is none.
 */
export async function findEmergencyAdmin(
  db: Kysely<Tables>,
  { emergencyAdmin: email }: Pick<Oidc, "emergencyAdmin">,
): Promise<EmergencyAdmin | null> {
  const chosen =
    email === undefined ? sql`u.password_hash is not null` : sql`lower(u.email) = lower(${email})`;
  const { rows } = await sql<EmergencyAdmin>`
    select u.id, u.email, u.password_hash is not null as "hasPassword"
    from users u join roles r on r.id = u.role_id
    where u.enabled and ${manageUsers} = any(r.permissions) and ${chosen}
    order by u.created_at, u.id limit 1`.execute(db);
  return rows[0] ?? null;
}

/** A refusal if a user may not use a password or a link to set one; null if they may. */
export async function refusePasswordOf(
  db: Kysely<Tables>,
  oidc: Oidc | undefined,
  userId: string,
): Promise<Refusal | null> {
  if (!oidc?.only || (await findEmergencyAdmin(db, oidc))?.id === userId) return null;
  const why = `Only the emergency admin has a password here. Everybody else signs in with ${oidc.name}.`;
  return { refused: "forbidden", why };
}
