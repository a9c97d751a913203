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

/** What belongs to one alert: its history and its event samples. */
export function alertStoryRoutes(app: App, deps: Deps): void {
  const { db } = deps;
  const ofAlert = { ...requires("View Alerts") };

  app.get(
    "/api/v1/alerts/:id/history",
    {
      ...ofAlert,
      schema: {
        tags,
        summary: "Everything that happened, in order",
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
      ...ofAlert,
      schema: {
        tags,
        summary: "The first ten events",
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

/** What people say about an alert: entries of its history that have words. */
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
        summary: "The comments of an alert",
        querystring: z.object({ alertId: alertParams.shape.id }),
        response: { 200: page(commentBody) },
      },
    },
    async ({ query }) => ({ results: await comments(await alertIdOf(deps, query.alertId)), next: null }),
  );

  app.post(
    "/api/v1/alert-comments",
    {
      ...requires("Manage Alerts"),
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
