import { z } from "zod";
import type { App, Deps } from "../../api/deps.ts";
import { decodeCursor, idKey, idParams, page, pageQuery, toPage } from "../../api/page.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { orSlackUnavailable } from "../../connect/app/app-routes.ts";
import { type DestinationBody, destinationTypeBody, overlapBody, overlapQuery } from "../contract.ts";
import type { Destination, DestinationParts } from "../destination-type.ts";
import { destinationType, destinationTypes } from "../destination-types.ts";
import { destinationBody, destinationChange, givesSecret, newDestination } from "./any-type.ts";
import { changeDestination } from "./change-destination.ts";
import { createDestination } from "./create-destination.ts";
import { deleteDestination } from "./delete-destination.ts";
import { findOverlap } from "./find-overlap.ts";
import { greetDestination } from "./greet-destination.ts";
import { noDestination, readDestinations } from "./read-destinations.ts";

const tags = ["Destinations"];

/** Routes that list, read, create, change, delete and test destinations. */
export function destinationRoutes(app: App, deps: Deps): void {
  readRoutes(app, deps);
  changeRoutes(app, deps);

  app.post(
    "/api/v1/destinations/:id/welcome",
    {
      ...requires("Manage Destinations", { audits: ["destination.welcomed"], cost: "heavy" }),
      schema: {
        tags,
        summary: "Send a test: the welcome message in a Slack channel, a test event to any other destination",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      orRefuse(await orSlackUnavailable(greetDestination(partsOf(deps), id, principal)));
      deps.wake();
      return reply.code(204).send();
    },
  );
}

function partsOf(deps: Deps): DestinationParts {
  return { ...deps, publicUrl: deps.config.publicUrl };
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
      ...requires("Manage Destinations", {
        fresh: givesSecret,
        audits: ["destination.created"],
        cost: "heavy",
      }),
      schema: {
        tags,
        summary: "Create a destination",
        body: newDestination,
        response: { 201: destinationBody },
      },
    },
    async ({ body, principal }, reply) => {
      const made = orRefuse(await orSlackUnavailable(createDestination(partsOf(deps), body, principal)));
      const { destination, secret } = made;
      return reply.code(201).send({ ...show(destination), ...(secret !== null && { secret }) });
    },
  );

  app.patch(
    "/api/v1/destinations/:id",
    {
      ...requires("Manage Destinations", {
        fresh: givesSecret,
        audits: ["destination.changed"],
        cost: "heavy",
      }),
      schema: {
        tags,
        summary: "Change, disable or enable a destination",
        params: idParams,
        body: destinationChange,
        response: { 200: destinationBody },
      },
    },
    async ({ params: { id }, body, principal }) => {
      const act = changeDestination(partsOf(deps), { id, change: body }, principal);
      const changed = orRefuse(await orSlackUnavailable(act));
      deps.wake();
      return show(changed);
    },
  );

  app.delete(
    "/api/v1/destinations/:id",
    {
      ...requires("Manage Destinations", { audits: ["destination.deleted"] }),
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

function show(destination: Destination): DestinationBody {
  const {
    line: _1,
    slack: _2,
    settings: _3,
    oldestWaitingAt,
    lastDeliveredAt,
    createdAt,
    ...fields
  } = destination;
  return {
    ...fields,
    oldestWaitingAt: oldestWaitingAt?.toISOString() ?? null,
    lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    ...destinationType(destination.type).show(destination),
  };
}

/** Route that describes the destination types, from which the Console draws menus and forms. */
export function destinationTypeRoutes(app: App, { outgoing }: Deps): void {
  app.get(
    "/api/v1/destination-types",
    {
      ...requires("View Destinations"),
      schema: {
        tags,
        summary: "List the destination types that can be created, with their settings",
        response: { 200: page(destinationTypeBody) },
      },
    },
    async () => {
      const results = destinationTypes.map(({ type, about, unavailable }) => ({
        type,
        ...about,
        unavailable: unavailable?.(outgoing) ?? null,
      }));
      return { results, next: null };
    },
  );
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
