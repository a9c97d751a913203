import { z } from "zod";
import type { App, Deps } from "../api/deps.ts";
import { decodeCursor, idKey, idParams, page, pageQuery, toPage } from "../api/page.ts";
import { orRefuse } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import {
  createdKey,
  createdSource,
  newSource,
  type SourceBody,
  type SourceKindBody,
  sourceBody,
  sourceChange,
  sourceKindBody,
} from "./contract.ts";
import { refuseBadExpressions } from "./expressions/check-expressions.ts";
import {
  changeSource,
  createSource,
  deleteSource,
  readSources,
  type Source,
  sourceNotFound,
} from "./source.ts";
import { addKey, revokeKey } from "./source-keys.ts";
import type { SourceKind } from "./source-kind.ts";
import { sourceKinds } from "./source-kinds.ts";

const tags = ["Sources"];

/** Routes for sources. */
export function sourceRoutes(app: App, deps: Deps): void {
  readRoutes(app, deps);
  changeRoutes(app, deps);
}

function readRoutes(app: App, { db, config }: Deps): void {
  app.get(
    "/api/v1/sources",
    {
      ...requires("View Sources"),
      schema: {
        tags,
        summary: "List sources",
        querystring: pageQuery,
        response: { 200: page(sourceBody) },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const sources = await readSources(db.kysely, { after, limit: limit + 1 });
      return toPage(sources, limit, {
        keyOf: ({ id }) => [id],
        show: (source) => show(source, config.publicUrl),
      });
    },
  );

  app.get(
    "/api/v1/sources/:id",
    {
      ...requires("View Sources"),
      schema: { tags, summary: "Read a source", params: idParams, response: { 200: sourceBody } },
    },
    async ({ params: { id } }) => {
      const [source] = await readSources(db.kysely, { id });
      return show(orRefuse(source ?? sourceNotFound), config.publicUrl);
    },
  );
}

/** Lists the kinds that a source can have; always one page. */
export function sourceKindRoutes(app: App): void {
  app.get(
    "/api/v1/source-kinds",
    {
      ...requires("View Sources"),
      schema: {
        tags,
        summary: "List the kinds of sources, with what to set in each tool and a report to try it",
        response: { 200: page(sourceKindBody) },
      },
    },
    async () => ({ results: sourceKinds.map(showKind), next: null }),
  );
}

function showKind({ kind, label, setup, config, sample, ...kindOf }: SourceKind): SourceKindBody {
  const { forAnyTool = false, keyInQuery = false, readPicked } = kindOf;
  const flags = { forAnyTool, keyInQuery, byExpressions: readPicked !== undefined };
  return { kind, label, setup, config: config ?? null, sample, ...flags };
}

function changeRoutes(app: App, { db, config, expressions, outgoing: { vault } }: Deps): void {
  app.post(
    "/api/v1/sources",
    {
      ...requires("Manage Sources", { audits: ["source.created"] }),
      schema: {
        tags,
        summary: "Create a source; only this response contains its key",
        body: newSource,
        response: { 201: createdSource },
      },
    },
    async ({ body, principal }, reply) => {
      if (body.expressions)
        await refuseBadExpressions(expressions, {
          id: `new ${body.kind}`,
          kind: body.kind,
          expressions: body.expressions,
        });
      const { key, ...source } = orRefuse(await createSource(db, { ...body, vault }, principal));
      return reply.code(201).send({ ...show(source, config.publicUrl), key });
    },
  );

  app.patch(
    "/api/v1/sources/:id",
    {
      ...requires("Manage Sources", { audits: ["source.changed"] }),
      schema: {
        tags,
        summary: "Change a source",
        params: idParams,
        body: sourceChange,
        response: { 200: sourceBody },
      },
    },
    async ({ params: { id }, body, principal }) => {
      const [source] = body.expressions ? await readSources(db.kysely, { id }) : [];
      if (source && body.expressions)
        await refuseBadExpressions(expressions, { id, kind: source.kind, expressions: body.expressions });
      const changed = await changeSource(db, { id, change: body }, principal);
      return show(orRefuse(changed), config.publicUrl);
    },
  );

  app.delete(
    "/api/v1/sources/:id",
    {
      ...requires("Manage Sources", { audits: ["source.deleted"] }),
      schema: {
        tags,
        summary: "Delete a source and its keys; its alerts remain",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      orRefuse(await deleteSource(db, id, principal));
      return reply.code(204).send();
    },
  );
}

function show({ keys, lastReceivedAt, createdAt, ...source }: Source, publicUrl: string): SourceBody {
  return {
    ...source,
    url: `${publicUrl}/api/v1/ingest/${source.id}`,
    keys: keys.map((key) => ({
      ...key,
      createdAt: key.createdAt.toISOString(),
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    })),
    lastReceivedAt: lastReceivedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

const keyParams = z.object({ id: z.uuid(), keyId: z.uuid() });

/** Routes for a source's keys. To rotate: create a second key, switch the tool to it, delete the first. */
export function sourceKeyRoutes(app: App, { db, outgoing: { vault } }: Deps): void {
  app.post(
    "/api/v1/sources/:id/keys",
    {
      ...requires("Manage Sources", { audits: ["source.key_created"] }),
      schema: {
        tags,
        summary: "Create a second key for a source; only this response contains it",
        params: idParams,
        response: { 201: createdKey },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      return reply.code(201).send(orRefuse(await addKey(db, { sourceId: id, vault }, principal)));
    },
  );

  app.delete(
    "/api/v1/sources/:id/keys/:keyId",
    {
      ...requires("Manage Sources", { audits: ["source.key_revoked"] }),
      schema: {
        tags,
        summary: "Revoke a key of a source",
        params: keyParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id, keyId }, principal }, reply) => {
      orRefuse(await revokeKey(db, { sourceId: id, keyId }, principal));
      return reply.code(204).send();
    },
  );
}
