import { z } from "zod";
import { changeDestination } from "./change-destination.ts";
import { type Created, createDestination } from "./create-destination.ts";
import { deleteDestination } from "./delete-destination.ts";
import { type Destination, noDestination, readDestinations } from "./read-destinations.ts";
import { welcome } from "../slack-bot/welcome.ts";
import { requires } from "../../api/requires.ts";
import {
  type CreatedDestination,
  createdDestination,
  type DestinationBody,
  destinationBody,
  destinationChange,
  newDestination,
} from "../contract.ts";
import { idParams, page, pageQuery } from "../../http/contract/list.ts";
import { decodeCursor, idKey, toPage } from "../../api/page.ts";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse } from "../../http/problem.ts";
import { reachingSlack } from "../../http/setup/reaching-slack.ts";

const tags = ["Destinations"];

/** Where alerts are announced. */
export function destinationRoutes(app: App, deps: Deps): void {
  readRoutes(app, deps);
  changeRoutes(app, deps);

  app.post(
    "/api/v1/destinations/:id/welcome",
    {
      ...requires("Manage Destinations"),
      schema: {
        tags,
        summary: "Post the welcome message, whose button tests the way back; a webhook gets a test event",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      const parts = { ...deps, publicUrl: deps.config.publicUrl };
      orRefuse(await reachingSlack(welcome(parts, id, principal)));
      deps.wake();
      return reply.code(204).send();
    },
  );
}

function readRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/destinations",
    {
      ...requires("View Destinations"),
      schema: {
        tags,
        summary: "List destinations",
        querystring: pageQuery,
        response: { 200: page(destinationBody) },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const destinations = await readDestinations(db.kysely, { after, limit: limit + 1 });
      return toPage(destinations, limit, { keyOf: ({ id }) => [id], show });
    },
  );

  app.get(
    "/api/v1/destinations/:id",
    {
      ...requires("View Destinations"),
      schema: { tags, summary: "Read a destination", params: idParams, response: { 200: destinationBody } },
    },
    async ({ params: { id } }) => {
      const [destination] = await readDestinations(db.kysely, { id });
      return show(orRefuse(destination ?? noDestination));
    },
  );
}

function changeRoutes(app: App, deps: Deps): void {
  app.post(
    "/api/v1/destinations",
    {
      ...requires("Manage Destinations"),
      schema: {
        tags,
        summary: "Make a destination",
        body: newDestination,
        response: { 201: createdDestination },
      },
    },
    async ({ body, principal }, reply) => {
      const made = orRefuse(await reachingSlack(createDestination(deps, body, principal)));
      return reply.code(201).send(showCreated(made));
    },
  );

  app.patch(
    "/api/v1/destinations/:id",
    {
      ...requires("Manage Destinations"),
      schema: {
        tags,
        summary: "Change, disable or enable a destination",
        params: idParams,
        body: destinationChange,
        response: { 200: destinationBody },
      },
    },
    async ({ params: { id }, body, principal }) => {
      const act = changeDestination(deps, { id, change: body }, principal);
      const changed = orRefuse(await reachingSlack(act));
      deps.wake();
      return show(changed);
    },
  );

  app.delete(
    "/api/v1/destinations/:id",
    {
      ...requires("Manage Destinations"),
      schema: {
        tags,
        summary: "Delete a destination; what waits there is not delivered",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      orRefuse(await deleteDestination(deps.db, id, principal));
      return reply.code(204).send();
    },
  );
}

function showCreated({ destination, secret }: Created): CreatedDestination {
  const shown = show(destination);
  return shown.type === "custom-webhook" && secret !== null ? { ...shown, secret } : shown;
}

function show(destination: Destination): DestinationBody {
  const { line: _, ...told } = destination;
  const times = {
    oldestWaitingAt: told.oldestWaitingAt?.toISOString() ?? null,
    lastDeliveredAt: told.lastDeliveredAt?.toISOString() ?? null,
    createdAt: told.createdAt.toISOString(),
  };
  switch (told.type) {
    case "slack-bot": {
      const { installationId: _, ...shown } = told;
      return { ...shown, ...times };
    }
    case "custom-webhook":
      return { ...told, ...times };
    default:
      return told satisfies never;
  }
}
