import { z } from "zod";
import type { App, Deps } from "../../api/deps.ts";
import { decodeCursor, idKey, idParams, page, pageQuery, toPage } from "../../api/page.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { orSlackUnavailable } from "../../connect/app/app-routes.ts";
import {
  type CreatedDestination,
  createdDestination,
  type DestinationBody,
  destinationBody,
  destinationChange,
  newDestination,
  overlapBody,
  overlapQuery,
} from "../contract.ts";
import { welcome } from "../slack-bot/welcome.ts";
import { changeDestination } from "./change-destination.ts";
import { type Created, createDestination } from "./create-destination.ts";
import { deleteDestination } from "./delete-destination.ts";
import { findOverlap } from "./find-overlap.ts";
import { type Destination, noDestination, readDestinations } from "./read-destinations.ts";

const tags = ["Destinations"];

/** Routes that list, read, create, change, delete and test destinations. */
export function destinationRoutes(app: App, deps: Deps): void {
  readRoutes(app, deps);
  changeRoutes(app, deps);

  app.post(
    "/api/v1/destinations/:id/welcome",
    {
      ...requires("Manage Destinations"),
      schema: {
        tags,
        summary: "Post the welcome message with its test button, or send a webhook a test event",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      const parts = { ...deps, publicUrl: deps.config.publicUrl };
      orRefuse(await orSlackUnavailable(welcome(parts, id, principal)));
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
        summary: "Create a destination",
        body: newDestination,
        response: { 201: createdDestination },
      },
    },
    async ({ body, principal }, reply) => {
      const made = orRefuse(await orSlackUnavailable(createDestination(deps, body, principal)));
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
      const changed = orRefuse(await orSlackUnavailable(act));
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
        summary: "Delete a destination; its waiting deliveries end as not delivered",
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
  const { line: _, ...fields } = destination;
  const times = {
    oldestWaitingAt: fields.oldestWaitingAt?.toISOString() ?? null,
    lastDeliveredAt: fields.lastDeliveredAt?.toISOString() ?? null,
    createdAt: fields.createdAt.toISOString(),
  };
  switch (fields.type) {
    case "slack-bot": {
      const { installationId: _, ...shown } = fields;
      return { ...shown, ...times };
    }
    case "custom-webhook":
      return { ...fields, ...times };
    default:
      return fields satisfies never;
  }
}

/** Route that tells a form which other destinations would share alerts, before a destination is saved. */
export function overlapRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/destinations/overlap",
    {
      ...requires("View Destinations"),
      schema: {
        tags: ["Destinations"],
        summary: "List the destinations of other channels that would get some of the same alerts",
        querystring: overlapQuery,
        response: { 200: overlapBody },
      },
    },
    async ({ query: { channel, except, ...takes } }) => {
      const named = channel?.replace(/^#/, "") || null;
      return {
        results: await findOverlap(db.kysely, { ...takes, channel: named, except: except ?? null }),
      };
    },
  );
}
