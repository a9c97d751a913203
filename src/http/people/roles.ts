import { listRoles } from "../../people/roles.ts";
import { requires } from "../../api/requires.ts";
import { page, pageQuery } from "../contract/list.ts";
import { roleBody } from "../../people/contract.ts";
import { decodeCursor, idKey, toPage } from "../../api/page.ts";
import type { App, Deps } from "../../api/deps.ts";

/** What a user may be. */
export function roleRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/roles",
    {
      ...requires("View Users"),
      schema: {
        tags: ["Users"],
        summary: "List roles",
        querystring: pageQuery,
        response: { 200: page(roleBody) },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const roles = await listRoles(db.kysely, { after, count: limit + 1 });
      return toPage(roles, limit, { keyOf: ({ id }) => [id], show: (role) => role });
    },
  );
}
