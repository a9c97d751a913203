import type { App, Deps } from "../api/deps.ts";

/** Mantine writes its theme into a style element, so inline styles are allowed; inline scripts are not. */
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
  // Keeps links to one-time tokens and alerts from other sites.
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Adds security headers to every answer, and keeps the API's answers out of caches. */
export function securityHeaders(app: App, { config }: Pick<Deps, "config">): void {
  const secure = config.publicUrl.startsWith("https:");
  app.addHook("onRequest", async ({ url }, reply) => {
    reply.headers(headers);
    if (secure) reply.header("strict-transport-security", "max-age=31536000");
    if (url.startsWith("/api/")) reply.header("cache-control", "no-store");
  });
}

/** Logs each answer with the route's pattern, not the address: some tools send their key in the query. */
export function logResponses(app: App): void {
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
