import { v7 as uuid } from "uuid";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { notify } from "../db/notify.ts";
import type { Transaction } from "../db/transaction.ts";
import { audit } from "./audit-log/audit.ts";
import { changesBetween, wantedChanges } from "./audit-log/changes.ts";
import { forgetDevices } from "./devices.ts";
import { lacks, type Principal } from "./principal.ts";
import { type Access, countManagers, isManager, lastManager } from "./roles/last-manager.ts";
import { findRole } from "./roles.ts";
import { endSessionsOf } from "./sessions.ts";
import { revokeTokensOf } from "./tokens.ts";
import { emailTaken, findUser, lockPeople, type User } from "./users.ts";

interface UserChange {
  email?: string | undefined;
  name?: string | undefined;
  role?: string | undefined;
  enabled?: boolean | undefined;
}

/**
 * Updates the given fields. Disabling a user ends all their sessions, invalidates their links, and revokes the API tokens
 * that they created, for good.
 */
export async function changeUser(
  tx: Transaction,
  by: Principal,
  { id, change, now }: { id: string; change: UserChange; now: Date },
): Promise<User | Refusal> {
  await lockPeople(tx);
  const before = await findUser(tx, id);
  if (isRefusal(before)) return before;
  const role = await findRole(tx, change.role ?? before.role);
  if (isRefusal(role)) return role;
  const { email = before.email, name = before.name, enabled = before.enabled } = change;
  const after = { enabled, permissions: role.permissions };
  const refused =
    decideChange(by, { before, after }, await countManagers(tx, { user: id })) ??
    (await emailTaken(tx, email, id));
  if (refused) return refused;
  const row = { email, name, enabled, role_id: role.id, updated_at: now };
  await tx.updateTable("users").set(row).where("id", "=", id).execute();
  const target = { type: "user", id } as const;
  const changes = changesBetween({ ...before }, { email, name, enabled, role: role.name });
  await audit(tx, by, { action: "user.changed", target, changes });
  if (!enabled) await revokeAccess(tx, by, { id, now });
  await notify(tx, { settings: "users" });
  return findUser(tx, id);
}

async function revokeAccess(
  tx: Transaction,
  by: Principal,
  { id, now }: { id: string; now: Date },
): Promise<void> {
  await revokeTokensOf(tx, by, { userId: id, now });
  await endSessionsOf(tx, id, now);
  await forgetDevices(tx, id, null);
  await tx.deleteFrom("password_links").where("user_id", "=", id).execute();
}

/** Creates a user, who can sign in once they have a password. A refusal if the email is taken. */
export async function createUser(
  tx: Transaction,
  by: Principal,
  { email, name, role: roleName }: { email: string; name: string; role: string },
): Promise<{ id: string } | Refusal> {
  await lockPeople(tx);
  const role = await findRole(tx, roleName);
  if (isRefusal(role)) return role;
  const after = { enabled: true, permissions: role.permissions };
  const refused = decideChange(by, { before: null, after }, 0) ?? (await emailTaken(tx, email, null));
  if (refused) return refused;
  const id = uuid();
  await tx.insertInto("users").values({ id, email, name, role_id: role.id }).execute();
  const target = { type: "user", id } as const;
  const changes = wantedChanges({ email, name, role: role.name });
  await audit(tx, by, { action: "user.created", target, changes });
  await notify(tx, { settings: "users" });
  return { id };
}

/**
 * Whether `by` may change a user. Refused if the user has, before or after, a permission that `by` lacks, since changing
 * an email or password link lets `by` act as the user. Also refused if no enabled user would have Manage Users.
 */
export function decideChange(
  by: Pick<Principal, "permissions">,
  { before, after }: { before: Access | null; after: Access },
  otherManagers: number,
): Refusal | null {
  const needed = [...(before?.permissions ?? []), ...after.permissions];
  const lacking = [...new Set(needed)].filter((permission) => !by.permissions.has(permission));
  if (lacking.length > 0) return lacks(lacking, before ? undefined : "role");
  if (before && isManager(before) && !isManager(after) && otherManagers === 0) return lastManager;
  return null;
}

/**
 * Disables a user and removes their password. The row stays, since history and audit log refer to it; after being
 * enabled again, the user needs a new password link.
 */
export async function disableUser(
  tx: Transaction,
  by: Principal,
  { id, now }: { id: string; now: Date },
): Promise<Refusal | null> {
  const user = await changeUser(tx, by, { id, change: { enabled: false }, now });
  if (isRefusal(user)) return user;
  await tx.updateTable("users").set({ password_hash: null }).where("id", "=", id).execute();
  return null;
}
