import { answerText } from "../alert/boomerang.ts";
import { isRefusal } from "../alert/refusal.ts";
import type { App, Deps } from "../api/deps.ts";
import { page } from "../api/page.ts";
import { problem, refusalProblem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { transaction } from "../db/transaction.ts";
import { alertIdOf } from "../history/find-alerts.ts";
import { audit } from "../people/audit.ts";
import { alertParams } from "../triage/contract.ts";
import { cancel } from "./ask.ts";
import { askBoomerang } from "./ask-from-console.ts";
import {
  askedBody,
  type BoomerangBody,
  boomerangBody,
  boomerangDraft,
  boomerangParams,
  boomerangPreview,
  newBoomerang,
} from "./contract.ts";
import { draftBoomerang, previewBoomerang } from "./draft.ts";
import { type BoomerangRow, listBoomerangs } from "./find-boomerangs.ts";

const tags = ["Boomerangs"];

/** Questions from an alert to people, and what came of them. */
export function boomerangRoutes(app: App, deps: Deps): void {
  const { db } = deps;

  app.post(
    "/api/v1/alerts/:id/boomerangs",
    {
      ...requires("Manage Alerts"),
      schema: {
        tags,
        summary: "Ask people, or a channel, about an alert",
        params: alertParams,
        body: newBoomerang,
        response: { 201: askedBody },
      },
    },
    async ({ params, body, principal }, reply) => {
      const alertId = await alertIdOf(deps, params.id);
      const { id, reached } = await askBoomerang(deps, principal, { ...body, alertId });
      const recipients = reached.map((one) =>
        one.reached
          ? { name: one.recipient.name, reached: true }
          : { name: one.name, reached: false, why: one.why },
      );
      return reply.code(201).send({ id, recipients });
    },
  );

  app.get(
    "/api/v1/alerts/:id/boomerangs",
    {
      ...requires("View Alerts"),
      schema: {
        tags,
        summary: "What was asked about an alert",
        params: alertParams,
        response: { 200: page(boomerangBody) },
      },
    },
    async ({ params }) => {
      const rows = await listBoomerangs(db.kysely, { alertId: await alertIdOf(deps, params.id) });
      return { results: rows.map(showBoomerang), next: null };
    },
  );
  formRoutes(app, deps);
  routesById(app, deps);
}

/** For whoever fills in a form: what it begins with, and what would be sent. */
function formRoutes(app: App, deps: Deps): void {
  app.get(
    "/api/v1/alerts/:id/boomerang-draft",
    {
      ...requires("Manage Alerts"),
      schema: {
        tags,
        summary: "What a form for a question begins with: a message, whom to suggest, channels",
        params: alertParams,
        response: { 200: boomerangDraft },
      },
    },
    async ({ params }) => draftBoomerang(deps, await alertIdOf(deps, params.id)),
  );

  app.post(
    "/api/v1/alerts/:id/boomerang-preview",
    {
      ...requires("Manage Alerts"),
      schema: {
        tags,
        summary: "Exactly what those who are asked will see; names who can't be reached, and asks nobody",
        params: alertParams,
        body: newBoomerang,
        response: { 200: boomerangPreview },
      },
    },
    async ({ params, body, principal }) =>
      previewBoomerang(deps, principal, { ...body, alertId: await alertIdOf(deps, params.id) }),
  );
}

/** By the question's own id. */
function routesById(app: App, deps: Deps): void {
  const { db } = deps;
  const one = async (id: string) => {
    const [row] = await listBoomerangs(db.kysely, { id });
    if (!row) throw problem(404, "There is no such Boomerang.");
    return showBoomerang(row);
  };

  app.get(
    "/api/v1/boomerangs/:id",
    {
      ...requires("View Alerts"),
      schema: {
        tags,
        summary: "Read a Boomerang",
        params: boomerangParams,
        response: { 200: boomerangBody },
      },
    },
    async ({ params }) => one(params.id),
  );

  app.delete(
    "/api/v1/boomerangs/:id",
    {
      ...requires("Manage Alerts"),
      schema: {
        tags,
        summary: "Cancel a Boomerang that is open; its answers stay",
        params: boomerangParams,
        response: { 200: boomerangBody },
      },
    },
    async ({ params: { id }, principal }) => {
      const { actor, via } = principal;
      await transaction(db, async (tx) => {
        const done = await cancel(tx, id, { actor, via });
        if (isRefusal(done)) throw refusalProblem(done);
        await audit(tx, principal, {
          action: "boomerang.cancel",
          target: { type: "boomerang", id },
          data: {},
        });
      });
      deps.wake();
      return one(id);
    },
  );
}

export function showBoomerang(row: BoomerangRow): BoomerangBody {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    recipients: row.recipients.map(({ slackId: _, answeredBy, answeredAt, suppression, ...recipient }) => ({
      ...recipient,
      says: recipient.answer && answerText(recipient.answer),
      answeredBy: answeredBy?.name ?? null,
      suppression: suppression && { ...suppression, until: new Date(suppression.until).toISOString() },
      answeredAt: answeredAt === null ? null : new Date(answeredAt).toISOString(),
    })),
  };
}
