import type { App, Deps } from "../api/deps.ts";
import { decodeCursor, idKey, idParams, page, toPage } from "../api/page.ts";
import { orRefuse, problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { transactionAs } from "../people/transaction-as.ts";
import {
  newSilence,
  type SilenceBody,
  silenceBody,
  silenceChange,
  silencePreview,
  silencePreviewQuery,
  silenceQuery,
} from "./contract.ts";
import { previewSilence } from "./preview.ts";
import {
  changeSilence,
  createSilence,
  endSilence,
  findSilence,
  listSilences,
  type Silence,
} from "./silences.ts";

const tags = ["Silences"];

/** List, preview, create, change and end silences. */
export function silenceRoutes(app: App, deps: Deps): void {
  readRoutes(app, deps);
  writeRoutes(app, deps);
}

function readRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/silences",
    {
      ...requires("View Alerts"),
      schema: {
        tags,
        summary: "List silences, past ones included, newest first",
        querystring: silenceQuery,
        response: { 200: page(silenceBody) },
      },
    },
    async ({ query: { limit, cursor, ...filter } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const silences = await listSilences(db.kysely, { ...filter, after, count: limit + 1 });
      return toPage(silences, limit, { keyOf: ({ id }) => [id], show });
    },
  );

  app.get(
    "/api/v1/silences/:id",
    {
      ...requires("View Alerts"),
      schema: { tags, summary: "Get a silence", params: idParams, response: { 200: silenceBody } },
    },
    async ({ params: { id } }) => {
      const silence = await findSilence(db.kysely, id);
      if (!silence) throw problem(404, "There is no such silence.");
      return show(silence);
    },
  );

  app.post(
    "/api/v1/silences/preview",
    {
      ...requires("Manage Alerts", { unaudited: "It changes nothing.", cost: "heavy" }),
      schema: {
        tags,
        summary: "Count the alerts of the last 30 days that a silence would have silenced",
        body: silencePreviewQuery,
        response: { 200: silencePreview },
      },
    },
    ({ body }) => previewSilence(db.kysely, body),
  );
}

function writeRoutes(app: App, { db }: Deps): void {
  app.post(
    "/api/v1/silences",
    {
      ...requires("Manage Alerts", { audits: ["silence.created"] }),
      schema: {
        tags,
        summary: "Silence alerts that open from now on, for at most 90 days",
        body: newSilence,
        response: { 201: silenceBody },
      },
    },
    async ({ body, principal }, reply) => {
      const created = await transactionAs(db, principal, "Manage Alerts", (tx) =>
        createSilence(tx, principal, body),
      );
      return reply.code(201).send(show(orRefuse(created)));
    },
  );

  app.patch(
    "/api/v1/silences/:id",
    {
      ...requires("Manage Alerts", { audits: ["silence.changed"] }),
      schema: {
        tags,
        summary: "Change the reason or the end of a silence that runs",
        params: idParams,
        body: silenceChange,
        response: { 200: silenceBody },
      },
    },
    async ({ params: { id }, body, principal }) => {
      const changed = await transactionAs(db, principal, "Manage Alerts", (tx) =>
        changeSilence(tx, principal, { id, ...body }),
      );
      return show(orRefuse(changed));
    },
  );

  app.delete(
    "/api/v1/silences/:id",
    {
      ...requires("Manage Alerts", { audits: ["silence.ended"] }),
      schema: {
        tags,
        summary: "End a silence early; it stays in the list",
        params: idParams,
        response: { 200: silenceBody },
      },
    },
    async ({ params: { id }, principal }) => {
      const ended = await transactionAs(db, principal, "Manage Alerts", (tx) =>
        endSilence(tx, principal, id),
      );
      return show(orRefuse(ended));
    },
  );
}

function show({ createdAt, endsAt, endedAt, severities, fields, ...silence }: Silence): SilenceBody {
  return {
    ...silence,
    severities: [...severities],
    fields: [...fields],
    createdAt: createdAt.toISOString(),
    endsAt: endsAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
