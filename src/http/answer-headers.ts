import type { App, Deps } from "../api/deps.ts";

/** Mantine writes its theme into a style element, so styles may be inline; scripts never. */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // Links to one-time tokens and to alerts are nobody else's business.
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Puts what browsers need to know on every answer, and keeps answers of the API out of caches. */
export function securityHeaders(app: App, { config }: Pick<Deps, "config">): void {
  const secure = config.publicUrl.startsWith("https:");
  app.addHook("onRequest", async ({ url }, reply) => {
    reply.headers(headers);
    if (secure) reply.header("strict-transport-security", "max-age=31536000");
    if (url.startsWith("/api/")) reply.header("cache-control", "no-store");
  });
}

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
