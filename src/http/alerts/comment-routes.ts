import { z } from "zod";
import { isRefusal } from "../../alert/refusal.ts";
import { timeline } from "../../history/timeline.ts";
import { requires } from "../../api/requires.ts";
import { alertParams } from "../../triage/contract.ts";
import { commentBody, newComment } from "../contract/history.ts";
import { page } from "../contract/list.ts";
import type { App, Deps } from "../../api/deps.ts";
import { problem } from "../problem.ts";
import { alertIdOf } from "./alert-id.ts";
import { change } from "./change.ts";
import { showComment } from "../../triage/show-alert.ts";

const tags = ["Alerts"];

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
