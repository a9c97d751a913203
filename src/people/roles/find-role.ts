import type { Kysely } from "kysely";
import type { Permission } from "../../alert/permission.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Tables } from "../../db/tables/tables.ts";

/** The role of this name, in whatever case; the refusal lists those that there are. */
export async function findRole(
  db: Kysely<Tables>,
  name: string,
): Promise<{ id: string; name: string; permissions: Permission[] } | Refusal> {
  const roles = await db.selectFrom("roles").select(["id", "name", "permissions"]).orderBy("name").execute();
  const found = roles.find((role) => role.name.toLowerCase() === name.toLowerCase());
  const names = roles.map((role) => role.name).join(", ");
  return (
    found ?? { refused: "invalid", field: "role", why: `There is no role ${name}; there are: ${names}.` }
  );
}
