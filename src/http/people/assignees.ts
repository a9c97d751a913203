import { listAssignees } from "../../people/users/list-assignees.ts";
import { requires } from "../../api/requires.ts";
import { personBody } from "../../alert/contract.ts";
import { page, pageQuery } from "../contract/list.ts";
import { decodeCursor, idKey, toPage } from "../../api/page.ts";
import type { App, Deps } from "../../api/deps.ts";

/** Who may be assigned: an analyst has to know that, without the right to see users and their roles. */
export function assigneeRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/assignees",
    {
      ...requires("View Alerts"),
      schema: {
        tags: ["Alerts"],
        summary: "List who may be assigned",
        querystring: pageQuery,
        response: { 200: page(personBody) },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const people = await listAssignees(db.kysely, { after, count: limit + 1 });
      return toPage(people, limit, { keyOf: ({ id }) => [id], show: (person) => person });
    },
  );
}
