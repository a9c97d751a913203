import type { App } from "../../api/deps.ts";

/**
 * One line per answer, with the route's pattern instead of the address: some tools can only send their key in
 * the query.
 */
export function logAnswers(app: App): void {
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions, principal } = request;
    const about = {
      method,
      route: routeOptions.url ?? "unknown",
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(principal?.actor.id && { actor: principal.actor.id }),
    };
    request.log.info(about, "answered");
  });
}
