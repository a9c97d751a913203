import { z } from "zod";
import { isRefusal } from "../alert/refusal.ts";
import type { App, Deps } from "../api/deps.ts";
import { page } from "../api/page.ts";
import { problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { alertIdOf } from "../history/find-alerts.ts";
import { timeline } from "../history/timeline.ts";
import { change } from "./alert-routes.ts";
import { alertParams, commentBody, historyBody, newComment, sampleBody } from "./contract.ts";
import { showComment, showEntry } from "./show-alert.ts";

const tags = ["Alerts"];

/** Routes for an alert's history and sample events. */
export function alertHistoryRoutes(app: App, deps: Deps): void {
  const { db } = deps;
  const viewAlerts = { ...requires("View Alerts") };

  app.get(
    "/api/v1/alerts/:id/history",
    {
      ...viewAlerts,
      schema: {
        tags,
        summary: "List an alert's history, in order",
        params: alertParams,
        response: { 200: page(historyBody) },
      },
    },
    async ({ params }) => {
      const entries = await timeline(db.kysely, { alertId: await alertIdOf(deps, params.id) });
      return { results: entries.map(showEntry), next: null };
    },
  );

  app.get(
    "/api/v1/alerts/:id/events",
    {
      ...viewAlerts,
      schema: {
        tags,
        summary: "List an alert's first ten events",
        params: alertParams,
        response: { 200: page(sampleBody) },
      },
    },
    async ({ params }) => {
      const alertId = await alertIdOf(deps, params.id);
      const samples = db.kysely
        .selectFrom("alert_samples")
        .select(["n", "event"])
        .where("alert_id", "=", alertId);
      return { results: await samples.orderBy("n").execute(), next: null };
    },
  );
}

/** Routes for comments, which are the history entries that hold one. */
export function commentRoutes(app: App, deps: Deps): void {
  const comments = async (alertId: string) => {
    const entries = await timeline(deps.db.kysely, { alertId });
    return entries.flatMap((entry) => showComment(alertId, entry) ?? []);
  };

  app.get(
    "/api/v1/alert-comments",
    {
      ...requires("View Alerts"),
      schema: {
        tags,
        summary: "List an alert's comments",
        querystring: z.object({ alertId: alertParams.shape.id }),
        response: { 200: page(commentBody) },
      },
    },
    async ({ query }) => ({ results: await comments(await alertIdOf(deps, query.alertId)), next: null }),
  );

  app.post(
    "/api/v1/alert-comments",
    {
      ...requires("Manage Alerts", { audits: ["alert.change"] }),
      schema: { tags, summary: "Comment on an alert", body: newComment, response: { 201: commentBody } },
    },
    async ({ body: { alertId, body }, principal }, reply) => {
      const changed = await change(deps, principal, { alertId, command: { comment: body } });
      if (isRefusal(changed)) throw problem(404, changed.why);
      const written = (await comments(alertId)).findLast(
        (comment) => comment.author.id === principal.actor.id,
      );
      if (!written) throw new Error(`the comment on ${alertId} is not in its history`);
      return reply.code(201).send(written);
    },
  );
}
