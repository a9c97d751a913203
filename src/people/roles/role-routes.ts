import { z } from "zod";
import type { App, Deps } from "../../api/deps.ts";
import { decodeCursor, idKey, idParams, page, pageQuery, toPage } from "../../api/page.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { newRole, roleBody, roleChange } from "../contract.ts";
import { listRoles, roleById } from "../roles.ts";
import { transactionAs } from "../transaction-as.ts";
import { changeRole, createRole, deleteRole } from "./change-role.ts";

const tags = ["Roles"];

/** List, create, change and delete roles. */
export function roleRoutes(app: App, deps: Deps): void {
  readRoleRoutes(app, deps);
  changeRoleRoutes(app, deps);
}

function readRoleRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/roles",
    {
      ...requires("View Users"),
      schema: { tags, summary: "List roles", querystring: pageQuery, response: { 200: page(roleBody) } },
    },
    async ({ query: { limit, cursor } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const roles = await listRoles(db.kysely, { after, count: limit + 1 });
      return toPage(roles, limit, { keyOf: ({ id }) => [id], show: (role) => role });
    },
  );

  app.get(
    "/api/v1/roles/:id",
    {
      ...requires("View Users"),
      schema: { tags, summary: "Get a role", params: idParams, response: { 200: roleBody } },
    },
    async ({ params }) => orRefuse(await roleById(db.kysely, params.id)),
  );
}

function changeRoleRoutes(app: App, { db }: Deps): void {
  app.post(
    "/api/v1/roles",
    {
      ...requires("Manage Users", { fresh: true, audits: ["role.created"] }),
      schema: {
        tags,
        summary: "Create a role with permissions that you have",
        body: newRole,
        response: { 201: roleBody },
      },
    },
    async ({ body, principal }, reply) => {
      const created = await transactionAs(db, principal, "Manage Users", (tx, permissions) =>
        createRole(tx, { ...principal, permissions }, body),
      );
      return reply.code(201).send(orRefuse(created));
    },
  );

  app.patch(
    "/api/v1/roles/:id",
    {
      ...requires("Manage Users", { fresh: true, audits: ["role.changed"] }),
      schema: {
        tags,
        summary: "Change a role, which changes at once what its users and their tokens may do",
        params: idParams,
        body: roleChange,
        response: { 200: roleBody },
      },
    },
    async ({ params: { id }, body: change, principal }) => {
      const changed = await transactionAs(db, principal, "Manage Users", (tx, permissions) =>
        changeRole(tx, { ...principal, permissions }, { id, change }),
      );
      return orRefuse(changed);
    },
  );

  app.delete(
    "/api/v1/roles/:id",
    {
      ...requires("Manage Users", { fresh: true, audits: ["role.deleted"] }),
      schema: {
        tags,
        summary: "Delete a role that nobody has",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      const deleted = await transactionAs(db, principal, "Manage Users", (tx, permissions) =>
        deleteRole(tx, { ...principal, permissions }, id),
      );
      orRefuse(deleted);
      return reply.code(204).send();
    },
  );
}
