import { z } from "zod";
import type { App, Deps } from "../../api/deps.ts";
import { decodeCursor, idKey, idParams, page, pageQuery, toPage } from "../../api/page.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { newView, type ViewBody, viewBody, viewChange, viewCountBody } from "./contract.ts";
import { countView } from "./count-view.ts";
import { changeView, createView, deleteView, findView, listViews, type View } from "./views.ts";

const tags = ["Views"];

/** Routes for saved views. Sharing one needs Manage Alerts, which `views.ts` judges. */
export function viewRoutes(app: App, deps: Deps): void {
  readRoutes(app, deps);
  changeRoutes(app, deps);
}

function readRoutes(app: App, { db, clock }: Deps): void {
  app.get(
    "/api/v1/views",
    {
      ...requires("View Alerts"),
      schema: {
        tags,
        summary: "List the caller's views and shared ones",
        querystring: pageQuery,
        response: { 200: page(viewBody) },
      },
    },
    async ({ query: { limit, cursor }, principal: { userId } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const views = await listViews(db.kysely, { userId, after, count: limit + 1 });
      return toPage(views, limit, { keyOf: ({ id }) => [id], show });
    },
  );

  app.get(
    "/api/v1/views/:id",
    {
      ...requires("View Alerts"),
      schema: { tags, summary: "Get a view", params: idParams, response: { 200: viewBody } },
    },
    async ({ params: { id }, principal: { userId } }) =>
      show(orRefuse(await findView(db.kysely, { id, userId }))),
  );

  app.get(
    "/api/v1/views/:id/count",
    {
      ...requires("View Alerts"),
      schema: { tags, summary: "Count a view's alerts", params: idParams, response: { 200: viewCountBody } },
    },
    async ({ params: { id }, principal: { userId } }) => {
      const { filters } = orRefuse(await findView(db.kysely, { id, userId }));
      return countView(db, filters, { me: userId, now: clock() });
    },
  );
}

function changeRoutes(app: App, { db }: Deps): void {
  app.post(
    "/api/v1/views",
    {
      ...requires("View Alerts", { audits: ["view.created"] }),
      schema: { tags, summary: "Save filters as a view", body: newView, response: { 201: viewBody } },
    },
    async ({ body, principal }, reply) =>
      reply.code(201).send(show(orRefuse(await createView(db, principal, body)))),
  );

  app.patch(
    "/api/v1/views/:id",
    {
      ...requires("View Alerts", { audits: ["view.changed"] }),
      schema: {
        tags,
        summary: "Rename, change or share a view",
        params: idParams,
        body: viewChange,
        response: { 200: viewBody },
      },
    },
    async ({ params: { id }, body, principal }) =>
      show(orRefuse(await changeView(db, principal, { id, change: body }))),
  );

  app.delete(
    "/api/v1/views/:id",
    {
      ...requires("View Alerts", { audits: ["view.deleted"] }),
      schema: {
        tags,
        summary: "Delete a view",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      orRefuse(await deleteView(db, principal, id));
      return reply.code(204).send();
    },
  );
}

function show({ createdAt, updatedAt, ...view }: View): ViewBody {
  return { ...view, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
