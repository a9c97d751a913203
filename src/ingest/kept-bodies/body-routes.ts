import { z } from "zod";
import type { App, Deps } from "../../api/deps.ts";
import { decodeCursor, idParams, page, pageQuery, toPage } from "../../api/page.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { readSources, sourceNotFound } from "../source.ts";
import {
  changePreview,
  type KeptBody,
  keptBody,
  previewedChange,
  replayedBodies,
  replayedBody,
  unknownWord,
  wholeBody,
} from "./contract.ts";
import { previewChange } from "./preview-change.ts";
import {
  type KeptRow,
  noBody,
  readBodies,
  readBody,
  readUnknownWords,
  reportFilters,
} from "./read-bodies.ts";
import { replayBodies, replayBody } from "./replay-bodies.ts";

const tags = ["Sources"];
const bodyParams = z.object({ id: z.uuid(), bodyId: z.uuid() });
const cursorKey = z.tuple([z.iso.datetime(), z.uuid()]);

/** Routes for the bodies that a source sent and Tocsin keeps. */
export function sourceBodyRoutes(app: App, deps: Deps): void {
  const { db } = deps;
  app.get(
    "/api/v1/sources/:id/bodies",
    {
      ...requires("View Sources"),
      schema: {
        tags,
        summary: "List the bodies that a source sent and Tocsin keeps, the newest first",
        params: idParams,
        querystring: pageQuery.extend({ reports: z.enum(reportFilters).optional() }),
        response: { 200: page(keptBody) },
      },
    },
    async ({ params: { id }, query: { limit, cursor, reports } }) => {
      const [source] = await readSources(db.kysely, { id });
      orRefuse(source ?? sourceNotFound);
      const [at, last] = decodeCursor(cursor, cursorKey) ?? [];
      const after = at && last ? { at, id: last } : null;
      const rows = await readBodies(db.kysely, { sourceId: id, reports, after, limit: limit + 1 });
      return toPage(rows, limit, { keyOf: (row) => [row.lastAt.toISOString(), row.id], show });
    },
  );

  app.get(
    "/api/v1/sources/:id/bodies/:bodyId",
    {
      // What sources send is what alerts hold.
      ...requires(["View Alerts", "View Sources"]),
      schema: {
        tags,
        summary: "Read a body that a source sent, without the secrets that Tocsin knows by their form",
        params: bodyParams,
        response: { 200: wholeBody },
      },
    },
    async ({ params: { id, bodyId } }) => {
      const { row, raw } = orRefuse((await readBody(db.kysely, { sourceId: id, id: bodyId })) ?? noBody);
      return { ...show(row), text: raw?.toString() ?? null, results: row.results };
    },
  );
  app.get(
    "/api/v1/sources/:id/severity-words",
    {
      ...requires("View Sources"),
      schema: {
        tags,
        summary: "List a source's words for severities that Tocsin doesn't know, always one page",
        params: idParams,
        response: { 200: page(unknownWord) },
      },
    },
    async ({ params: { id } }) => {
      const [source] = await readSources(db.kysely, { id });
      const words = await readUnknownWords(db.kysely, orRefuse(source ?? sourceNotFound));
      return { results: words.map((word) => ({ ...word, lastAt: word.lastAt.toISOString() })), next: null };
    },
  );
  app.post(
    "/api/v1/sources/:id/bodies/preview",
    {
      // It shows titles of what was sent.
      ...requires(["View Alerts", "Manage Sources"], { unaudited: "It stores nothing.", cost: "heavy" }),
      schema: {
        tags,
        summary: "Show what the last 50 kept bodies of a source would become with other settings",
        params: idParams,
        body: previewedChange,
        response: { 200: changePreview },
      },
    },
    async ({ params: { id }, body: change, principal: by }) =>
      orRefuse(await previewChange(deps, { sourceId: id, change, by })),
  );
  replayRoutes(app, deps);
}

function replayRoutes(app: App, deps: Deps): void {
  app.post(
    "/api/v1/sources/:id/bodies/:bodyId/replay",
    {
      ...requires("Manage Sources", { audits: ["source.body_replayed"], cost: "heavy" }),
      schema: {
        tags,
        summary: "Take the reports of a body that were refused",
        description:
          "Reads the body with the settings of the source as they are now. Reports that were taken before don't count again.",
        params: bodyParams,
        response: { 200: replayedBody },
      },
    },
    async ({ params: { id, bodyId }, principal }) => {
      const { results } = orRefuse(await replayBody(deps, { sourceId: id, id: bodyId }, principal));
      const { row } = orRefuse((await readBody(deps.db.kysely, { sourceId: id, id: bodyId })) ?? noBody);
      return { body: show(row), results };
    },
  );

  app.post(
    "/api/v1/sources/:id/bodies/replay",
    {
      ...requires("Manage Sources", { audits: ["source.body_replayed"], cost: "heavy" }),
      schema: {
        tags,
        summary:
          "Take the refused reports of a source's kept bodies, up to 50 bodies a call, the oldest first",
        params: idParams,
        querystring: pageQuery.pick({ cursor: true }),
        response: { 200: replayedBodies },
      },
    },
    async ({ params: { id }, query: { cursor }, principal }) => {
      const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0] ?? null;
      const { next, ...counts } = orRefuse(await replayBodies(deps, { sourceId: id, after }, principal));
      return { ...counts, next: next && Buffer.from(JSON.stringify([next])).toString("base64url") };
    },
  );
}

const shownReasons = 3;

function show({ firstAt, lastAt, replayedAt, outcomes, results, replays: _, ...row }: KeptRow): KeptBody {
  const reasons = results.flatMap(({ outcome, field = "report", expected, warnings = [] }) => [
    ...(outcome === "invalid" && expected !== undefined ? [{ field, expected }] : []),
    ...warnings,
  ]);
  const distinct = new Map(reasons.map((reason) => [`${reason.field} ${reason.expected}`, reason]));
  return {
    ...row,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    reports: outcomes.length,
    refused: count(outcomes, "x"),
    warned: count(outcomes, "w"),
    reasons: [...distinct.values()].slice(0, shownReasons),
    replayedAt: replayedAt?.toISOString() ?? null,
  };
}

function count(letters: string, letter: string): number {
  return letters.split(letter).length - 1;
}
