import { z } from "zod";
import { severities } from "../alert/alert.ts";
import type { App, Deps } from "../api/deps.ts";
import { decodeCursor, idParams, page, pageQuery, toPage } from "../api/page.ts";
import { orRefuse, problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { storedTime } from "../api/time.ts";
import { automaticBoomerang, automaticPreview } from "../boomerang/automatic/contract.ts";
import { previewAutomatic } from "../boomerang/automatic/preview-automatic.ts";
import { confirmingOf, isOffered } from "../boomerang/second-factor/ways.ts";
import { type DetectionBody, detectionBody, detectionChange, newDetection } from "../ingest/contract.ts";
import { changeDetection, createDetection } from "./detections.ts";
import {
  type Detection,
  type DetectionSort,
  detectionSorts,
  findDetection,
  listDetections,
} from "./list-detections.ts";

const tags = ["Detections"];

const descending = detectionSorts.map((name): `-${DetectionSort}` => `-${name}`);
const wholeNumber = z.string().regex(/^\d{1,15}$/);

const detectionQuery = pageQuery.extend({
  source: z.uuid().optional(),
  /** Part of the id or name. */
  q: z.string().max(200).optional(),
  /** A column; `-` before it is the other direction. */
  sort: z.enum([...detectionSorts, ...descending]).default("-createdAt"),
});

/** The keys of pages, as PostgreSQL writes the values of the sorted column. */
const anyKey = z.tuple([z.string().max(1000), z.uuid()]);
const keys: Record<DetectionSort, z.ZodType<[string, string]>> = {
  createdAt: z.tuple([storedTime, z.uuid()]),
  lastAlertAt: z.tuple([z.union([storedTime, z.literal("-infinity")]), z.uuid()]),
  name: anyKey,
  source: anyKey,
  severity: z.tuple([z.enum(severities), z.uuid()]),
  alerts7Days: z.tuple([wholeNumber, z.uuid()]),
  alerts30Days: z.tuple([wholeNumber, z.uuid()]),
  falsePositiveShare: z.tuple([z.string().regex(/^-?\d(\.\d{1,20})?(e-\d{1,2})?$/), z.uuid()]),
};

/** Routes for detections. A detection is listed from its first alert on. */
export function detectionRoutes(app: App, deps: Deps): void {
  const { db } = deps;
  changeRoutes(app, deps);
  app.get(
    "/api/v1/detections",
    {
      ...requires("View Destinations"),
      schema: {
        tags,
        summary: "List detections with their figures",
        querystring: detectionQuery,
        response: { 200: page(detectionBody) },
      },
    },
    async ({ query: { limit, cursor, source, q, sort } }) => {
      const by = detectionSorts.find((name) => name === sort.replace("-", "")) ?? "createdAt";
      const after = decodeCursor(cursor, keys[by]);
      const order = { by, descending: sort.startsWith("-") };
      const detections = await listDetections(db.kysely, { source, q, sort: order, after, count: limit + 1 });
      return toPage(detections, limit, {
        keyOf: ({ key, id }) => [key, id],
        show: ({ key: _, ...detection }) => show(detection),
      });
    },
  );

  app.post(
    "/api/v1/detections/:id/boomerang-preview",
    {
      ...requires(["View Alerts", "Manage Destinations"], { unaudited: "It asks nobody.", cost: "heavy" }),
      schema: {
        tags,
        summary: "Preview what a detection would ask by itself about its newest alert",
        params: idParams,
        body: automaticBoomerang,
        response: { 200: automaticPreview },
      },
    },
    async ({ params: { id }, body }) => {
      const detection = await findDetection(db.kysely, id);
      if (!detection) throw problem(404, "There is no such detection.");
      return previewAutomatic(deps, detection, body);
    },
  );
}

const audits = ["detection.overridden", "detection.boomerang_changed"] as const;

function changeRoutes(app: App, { db, config }: Deps): void {
  app.post(
    "/api/v1/detections",
    {
      ...requires("Manage Destinations", { audits }),
      schema: {
        tags,
        summary: "Choose where a detection's alerts go, and what it asks, before its first alert",
        body: newDetection,
        response: { 201: detectionBody },
      },
    },
    async ({ body, principal }, reply) => {
      await refuseSecondFactor(body);
      return reply.code(201).send(show(orRefuse(await createDetection(db, body, principal))));
    },
  );

  app.patch(
    "/api/v1/detections/:id",
    {
      ...requires("Manage Destinations", { audits }),
      schema: {
        tags,
        summary: "Choose where a detection's future alerts go, and what it asks by itself",
        params: idParams,
        body: detectionChange,
        response: { 200: detectionBody },
      },
    },
    async ({ params: { id }, body, principal }) => {
      await refuseSecondFactor(body);
      return show(orRefuse(await changeDetection(db, { id, ...body }, principal)));
    },
  );

  async function refuseSecondFactor({ automaticBoomerang: asks }: z.output<typeof detectionChange>) {
    if (asks?.secondFactor && !(await isOffered(db.kysely, confirmingOf(config))))
      throw problem(400, noSecondFactor, { errors: [{ field: secondFactorField, detail: noSecondFactor }] });
  }
}

const secondFactorField = "automaticBoomerang.secondFactor";
const noSecondFactor =
  "Nobody could confirm an answer yet. Set up OpenID Connect, or let the people who are asked add a passkey in Tocsin.";

function show({ createdAt, lastAlertAt, ...detection }: Detection): DetectionBody {
  const last = lastAlertAt?.toISOString() ?? null;
  return { ...detection, lastAlertAt: last, createdAt: createdAt.toISOString() };
}
