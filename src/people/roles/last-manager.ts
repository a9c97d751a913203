import { sql } from "kysely";
import type { Permission } from "../../alert/permission.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";

const manageUsers: Permission = "Manage Users";

/** What somebody may do by their role, if they may sign in. */
export interface Access {
  enabled: boolean;
  permissions: readonly Permission[];
}

export function isManager({ enabled, permissions }: Access): boolean {
  return enabled && permissions.includes(manageUsers);
}

/** How many enabled users have Manage Users, other than this user, or than everybody with this role. */
export async function countManagers(
  tx: Transaction,
  except: { user?: string; role?: string } = {},
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from users u join roles r on r.id = u.role_id
    where u.enabled and ${manageUsers} = any(r.permissions) and u.id is distinct from ${except.user ?? null}::uuid
      and r.id is distinct from ${except.role ?? null}::uuid`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** One enabled user always keeps Manage Users (docs/behaviour.md#users-and-permissions). */
export const lastManager: Refusal = {
  refused: "conflict",
  why: "This is the last enabled user with Manage Users. Give that permission to another user first.",
};

export const lastManagersRole: Refusal = {
  refused: "conflict",
  field: "permissions",
  why: "No enabled user would have Manage Users. Give that permission to somebody with another role first.",
};
