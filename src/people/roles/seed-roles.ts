import { type Kysely, sql } from "kysely";
import { v7 as uuid } from "uuid";
import { builtInRoles } from "../../alert/permission.ts";
import type { Tables } from "../../db/tables/tables.ts";

/** Makes the built-in roles, or brings them up to what this version gives them. For every start. */
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
