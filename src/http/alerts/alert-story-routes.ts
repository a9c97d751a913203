import { z } from "zod";
import { isRefusal } from "../../alert/refusal.ts";
import { transaction } from "../../db/transaction.ts";
import { listAttempts, listDeliveries } from "../../deliver/list-deliveries.ts";
import { resend as resendTo } from "../../deliver/resend.ts";
import { timeline } from "../../history/timeline.ts";
import { audit } from "../../people/audit.ts";
import { requires } from "../access/requires.ts";
import { alertParams, sampleBody } from "../contract/alert.ts";
import { deliveryWithAttempts, resend } from "../contract/delivery.ts";
import { commentBody, historyBody, newComment } from "../contract/history.ts";
import { page } from "../contract/list.ts";
import type { App, Deps } from "../deps.ts";
import { orRefuse, problem } from "../problem.ts";
import { alertIdOf } from "./alert-id.ts";
import { change } from "./change.ts";
import { showComment, showEntry } from "./show-alert.ts";
import { showWithAttempts } from "./show-delivery.ts";

const tags = ["Alerts"];

/** What belongs to one alert: its history, comments, event samples and deliveries. */
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

  const deliveries = async (alertId: string) => {
    const found = await listDeliveries(db.kysely, [alertId]);
    const attempts = await listAttempts(
      db.kysely,
      found.map((delivery) => delivery.id),
    );
    return { results: found.map((delivery) => showWithAttempts(delivery, attempts)), next: null };
  };

  app.get(
    "/api/v1/alerts/:id/deliveries",
    {
      ...ofAlert,
      schema: {
        tags,
        summary: "Where it was announced, with every attempt",
        params: alertParams,
        response: { 200: page(deliveryWithAttempts) },
      },
    },
    async ({ params }) => deliveries(await alertIdOf(deps, params.id)),
  );

  app.post(
    "/api/v1/alerts/:id/deliveries",
    {
      ...requires("Manage Alerts"),
      schema: {
        tags,
        summary: "Send it to a destination again",
        params: alertParams,
        body: resend,
        response: { 202: page(deliveryWithAttempts) },
      },
    },
    async ({ params, body, principal }, reply) => {
      const alertId = await alertIdOf(deps, params.id);
      await transaction(db, async (tx) => {
        orRefuse(await resendTo(tx, { alertId, ...body }));
        await audit(tx, principal, {
          action: "alert.resend",
          target: { type: "alert", id: alertId },
          data: { ...body },
        });
      });
      deps.wake();
      return reply.code(202).send(await deliveries(alertId));
    },
  );

  commentRoutes(app, deps);
}

function commentRoutes(app: App, deps: Deps): void {
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
