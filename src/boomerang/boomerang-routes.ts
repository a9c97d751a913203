import { answerText } from "../alert/boomerang.ts";
import { isRefusal } from "../alert/refusal.ts";
import type { App, Deps } from "../api/deps.ts";
import { page } from "../api/page.ts";
import { orRefuse, problem, refusalProblem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { alertIdOf } from "../history/find-alerts.ts";
import { audit } from "../people/audit-log/audit.ts";
import { transactionAs } from "../people/transaction-as.ts";
import { alertParams } from "../triage/contract.ts";
import { cancel } from "./ask.ts";
import { askFromConsole } from "./ask-from-console.ts";
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

/** Boomerangs of an alert: create, list, read, cancel. */
export function boomerangRoutes(app: App, deps: Deps): void {
  const { db } = deps;

  app.post(
    "/api/v1/alerts/:id/boomerangs",
    {
      ...requires("Manage Alerts", { audits: ["boomerang.ask"], cost: "heavy" }),
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
      const { id, results } = await askFromConsole(deps, principal, { ...body, alertId });
      const recipients = results.map((result) =>
        result.reached
          ? { name: result.recipient.name, reached: true }
          : { name: result.name, reached: false, why: result.why },
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
        summary: "List an alert's Boomerangs",
        params: alertParams,
        response: { 200: page(boomerangBody) },
      },
    },
    async ({ params }) => {
      const rows = await listBoomerangs(db.kysely, { alertId: await alertIdOf(deps, params.id) });
      return { results: rows.map(toBoomerangBody), next: null };
    },
  );
  formRoutes(app, deps);
  routesById(app, deps);
}

/** Routes for a form: its initial values and a preview. */
function formRoutes(app: App, deps: Deps): void {
  app.get(
    "/api/v1/alerts/:id/boomerang-draft",
    {
      ...requires("Manage Alerts", { cost: "heavy" }),
      schema: {
        tags,
        summary: "Read the initial values of a form: message, suggested person, people, channels",
        params: alertParams,
        response: { 200: boomerangDraft },
      },
    },
    async ({ params }) => draftBoomerang(deps, await alertIdOf(deps, params.id)),
  );

  app.post(
    "/api/v1/alerts/:id/boomerang-preview",
    {
      ...requires("Manage Alerts", { unaudited: "It asks nobody.", cost: "heavy" }),
      schema: {
        tags,
        summary:
          "Preview what the recipients will see, without asking; names recipients that can't be reached",
        params: alertParams,
        body: newBoomerang,
        response: { 200: boomerangPreview },
      },
    },
    async ({ params, body, principal }) =>
      previewBoomerang(deps, principal, { ...body, alertId: await alertIdOf(deps, params.id) }),
  );
}

/** Routes that take a Boomerang's id. */
function routesById(app: App, deps: Deps): void {
  const { db } = deps;
  const one = async (id: string) => {
    const [row] = await listBoomerangs(db.kysely, { id });
    if (!row) throw problem(404, "There is no such Boomerang.");
    return toBoomerangBody(row);
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
      ...requires("Manage Alerts", { audits: ["boomerang.cancel"] }),
      schema: {
        tags,
        summary: "Cancel an open Boomerang; its answers are kept",
        params: boomerangParams,
        response: { 200: boomerangBody },
      },
    },
    async ({ params: { id }, principal }) => {
      const { actor, via } = principal;
      const cancelled = await transactionAs(db, principal, "Manage Alerts", async (tx) => {
        const done = await cancel(tx, id, { actor, via });
        if (isRefusal(done)) throw refusalProblem(done);
        await audit(tx, principal, {
          action: "boomerang.cancel",
          target: { type: "boomerang", id },
          changes: null,
        });
        return null;
      });
      orRefuse(cancelled);
      deps.wake();
      return one(id);
    },
  );
}

export function toBoomerangBody(row: BoomerangRow): BoomerangBody {
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
