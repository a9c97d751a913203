import { sql } from "kysely";
import type { Permission } from "../../alert/permission.ts";
import type { Transaction } from "../../db/transaction.ts";

const manageUsers: Permission = "Manage Users";

/** How many enabled users besides this one may manage users. */
export async function countOtherManagers(tx: Transaction, userId: string): Promise<number> {
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
