import type { Kysely } from "kysely";
import type { Permission } from "../alert/permission.ts";
import type { Tables } from "../db/tables/tables.ts";

export interface Role {
  id: string;
  name: string;
  permissions: Permission[];
  builtIn: boolean;
}

/** At most `count` roles in the order in which they were made, after the one whose id is `after`. */
export function listRoles(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<Role[]> {
  const roles = db
    .selectFrom("roles")
    .select(["id", "name", "permissions", "built_in as builtIn"])
    .orderBy("id")
    .limit(count);
  return (after === null ? roles : roles.where("id", ">", after)).execute();
}
