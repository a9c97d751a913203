import { sql } from "kysely";
import { v7 as uuid } from "uuid";
import type { Permission } from "../alert/permission.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { notify } from "../db/notify.ts";
import type { Transaction } from "../db/transaction.ts";
import { audit } from "./audit.ts";
import type { Principal } from "./principal.ts";
import { findRole } from "./roles.ts";
import { endSessionsOf } from "./sessions.ts";
import { emailTaken, findUser, lockPeople, type User } from "./users.ts";

interface UserChange {
  email?: string | undefined;
  name?: string | undefined;
  role?: string | undefined;
  enabled?: boolean | undefined;
}

/** Changes what is named of a user. Who is disabled is signed out everywhere at once, and their links are void. */
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
    decideChange(by, { before, after }, await countOtherManagers(tx, id)) ??
    (await emailTaken(tx, email, id));
  if (refused) return refused;
  const row = { email, name, enabled, role_id: role.id, updated_at: now };
  await tx.updateTable("users").set(row).where("id", "=", id).execute();
  if (!enabled) await shutOut(tx, id, now);
  await audit(tx, by, { action: "user.changed", target: { type: "user", id }, data: { ...change } });
  await notify(tx, { settings: "users" });
  return findUser(tx, id);
}

async function shutOut(tx: Transaction, id: string, now: Date): Promise<void> {
  await endSessionsOf(tx, id, now);
  await tx.deleteFrom("password_links").where("user_id", "=", id).execute();
}

const manageUsers: Permission = "Manage Users";

/** How many enabled users besides this one may manage users. */
async function countOtherManagers(tx: Transaction, userId: string): Promise<number> {
  const { count } = await tx
    .selectFrom("users")
    .innerJoin("roles", "roles.id", "users.role_id")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("users.id", "!=", userId)
    .where("enabled", "=", true)
    .where(sql<boolean>`${manageUsers} = any(permissions)`)
    .executeTakeFirstOrThrow();
  return count;
}

/** Makes a user, who can sign in once they have a password. Refused for an e-mail that somebody has. */
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
  const data = { email, name, role: role.name };
  await audit(tx, by, { action: "user.created", target: { type: "user", id }, data });
  await notify(tx, { settings: "users" });
  return { id };
}

/** A user's rights before or after a change; none when disabled or not there yet. */
interface Standing {
  enabled: boolean;
  permissions: readonly Permission[];
}

/**
 * Whether `by` may make a user out of what they were. Refused when the user may do, before or after, what `by`
 * may not: who may set another's e-mail or password link can act as them. Refused too when nobody else who is
 * enabled could manage users then.
 */
export function decideChange(
  by: Pick<Principal, "permissions">,
  { before, after }: { before: Standing | null; after: Standing },
  otherManagers: number,
): Refusal | null {
  const held = [...(before?.permissions ?? []), ...after.permissions];
  const lacking = [...new Set(held)].filter((permission) => !by.permissions.has(permission));
  if (lacking.length > 0) return lacks(lacking, before ? undefined : "role");
  if (before && isManager(before) && !isManager(after) && otherManagers === 0) return lastManager;
  return null;
}

/** The refusal to grant, or to touch, what the asker doesn't hold. */
export function lacks(lacking: readonly Permission[], field: string | undefined): Refusal {
  const why = `You can't give or change permissions that you lack: ${lacking.join(", ")}.`;
  return { refused: "forbidden", why, ...(field && { field }) };
}

const lastManager: Refusal = {
  refused: "conflict",
  why: "This is the last enabled user with Manage Users. Give somebody else that permission first.",
};

function isManager({ enabled, permissions }: Standing): boolean {
  return enabled && permissions.includes("Manage Users");
}

/**
 * Disables a user for good: signed out, without a password, without valid tokens. The row stays, since history
 * and audit name it; enabled again, they need a new link.
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
