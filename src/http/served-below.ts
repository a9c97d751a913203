import type { IncomingMessage } from "node:http";
import type { App } from "../api/deps.ts";
import { basePathOf } from "../api/session-cookie.ts";

/**
 * Takes the path of PUBLIC_URL off the addresses of requests, so that routes don't know of it. Requests without it are
 * served too: probes come from inside, and some reverse proxies take it off themselves.
 */
export function rewriteBelow(publicUrl: string): ((request: IncomingMessage) => string) | undefined {
  const base = basePathOf({ publicUrl });
  if (base === "") return undefined;
  return ({ url = "/" }) => {
    const rest = url.startsWith(base) ? url.slice(base.length) : url;
    if (rest.startsWith("/")) return rest;
    return rest === "" || rest.startsWith("?") ? `/${rest}` : url;
  };
}

/** Puts the path of PUBLIC_URL before the addresses of Tocsin that answers redirect to. */
export function redirectBelow(app: App, publicUrl: string): void {
  const base = basePathOf({ publicUrl });
  if (base === "") return;
  app.addHook("onSend", async (_request, reply) => {
    const to = reply.getHeader("location");
    const isOurs = typeof to === "string" && /^\/(?!\/)/.test(to) && !to.startsWith(`${base}/`);
    if (isOurs) reply.header("location", `${base}${to}`);
  });
}
