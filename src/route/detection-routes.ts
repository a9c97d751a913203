import { z } from "zod";
import type { App, Deps } from "../api/deps.ts";
import { decodeCursor, idKey, idParams, page, pageQuery, toPage } from "../api/page.ts";
import { orRefuse } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { type DetectionBody, detectionBody, detectionChange } from "../ingest/contract.ts";
import { type Detection, listDetections, overrideDetection } from "./detections.ts";

const tags = ["Detections"];

const detectionQuery = pageQuery.extend({
  source: z.uuid().optional(),
  /** Part of the id or name. */
  q: z.string().max(200).optional(),
});

/** Routes for detections. A detection is listed from its first alert on. */
export function detectionRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/detections",
    {
      ...requires("View Destinations"),
      schema: {
        tags,
        summary: "List detections, newest first",
        querystring: detectionQuery,
        response: { 200: page(detectionBody) },
      },
    },
    async ({ query: { limit, cursor, source, q } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const detections = await listDetections(db.kysely, { source, q, after, count: limit + 1 });
      return toPage(detections, limit, { keyOf: ({ id }) => [id], show });
    },
  );

  app.patch(
    "/api/v1/detections/:id",
    {
      ...requires("Manage Destinations", { audits: ["detection.overridden"] }),
      schema: {
        tags,
        summary: "Choose where a detection's future alerts go",
        params: idParams,
        body: detectionChange,
        response: { 200: detectionBody },
      },
    },
    async ({ params: { id }, body, principal }) => {
      return show(orRefuse(await overrideDetection(db, { id, ...body }, principal)));
    },
  );
}

function show({ createdAt, ...detection }: Detection): DetectionBody {
  return { ...detection, createdAt: createdAt.toISOString() };
}
