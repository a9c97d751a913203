import { type Kysely, sql } from "kysely";
import { v7 as uuid } from "uuid";
import { builtInRoles, type Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Tables } from "../db/tables/tables.ts";

export interface Role {
  id: string;
  name: string;
  permissions: Permission[];
  /** Admin, Analyst and AnalystReadOnly, which nobody can change. */
  builtIn: boolean;
  /** How many users have it, disabled ones included. */
  users: number;
}

/** The base query of roles. */
function selectRoles(db: Kysely<Tables>) {
  return db
    .selectFrom("roles")
    .select(["id", "name", "permissions", "built_in as builtIn"])
    .select(sql<number>`(select count(*)::int from users where role_id = roles.id)`.as("users"));
}

/** At most `count` roles after the one with the id `after`, oldest first. */
export function listRoles(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<Role[]> {
  const roles = selectRoles(db).orderBy("id").limit(count);
  return (after === null ? roles : roles.where("id", ">", after)).execute();
}

/** The role with this id. */
export async function roleById(db: Kysely<Tables>, id: string): Promise<Role | Refusal> {
  const role = await selectRoles(db).where("id", "=", id).executeTakeFirst();
  return role ?? { refused: "not_found", why: "There is no such role." };
}

/** The role with this name, ignoring case; else a refusal that lists the roles. */
export async function findRole(
  db: Kysely<Tables>,
  name: string,
): Promise<{ id: string; name: string; permissions: Permission[] } | Refusal> {
  const roles = await db.selectFrom("roles").select(["id", "name", "permissions"]).orderBy("name").execute();
  const found = roles.find((role) => role.name.toLowerCase() === name.toLowerCase());
  const names = roles.map((role) => role.name).join(", ");
  return (
    found ?? { refused: "invalid", field: "role", why: `There is no role ${name}. Existing roles: ${names}.` }
  );
}

/** Creates or updates the built-in roles; runs at every start. */
export async function seedRoles(db: Kysely<Tables>): Promise<void> {
  const roles = Object.entries(builtInRoles).map(([name, permissions]) => {
    return { id: uuid(), name, permissions: [...permissions], built_in: true };
  });
  await db
    .insertInto("roles")
    .values(roles)
    .onConflict((conflict) =>
      conflict
        .expression(sql`lower(name)`)
        .doUpdateSet({ permissions: (to) => to.ref("excluded.permissions"), built_in: true }),
    )
    .execute();
}

/** The names of enabled users who have all these permissions, at most five, to be asked by somebody who lacks one. */
export async function whoMay(db: Kysely<Tables>, needed: readonly Permission[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select u.name from users u join roles r on r.id = u.role_id
    where u.enabled and r.permissions @> ${[...needed]}::text[]
    order by lower(u.name), u.id limit 5`.execute(db);
  return rows.map(({ name }) => name);
}
