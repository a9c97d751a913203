import type { FastifyRequest } from "fastify";
import type { App, Deps } from "../api/deps.ts";
import { page } from "../api/page.ts";
import { requires } from "../api/requires.ts";
import { type UntrustedProxyBody, untrustedProxyBody } from "../watch/contract.ts";
import {
  isNearby,
  listUntrustedProxies,
  plainAddress,
  proxyAdvice,
  rememberProxy,
  type UntrustedProxy,
} from "../watch/untrusted-proxies.ts";

/** How often a proxy that goes on is written to the database. */
const rememberMs = 10 * 60_000;
const maxKnown = 100;

/**
 * Notices peers that send `X-Forwarded-For` without being trusted: warns of each once, and at the start of those of the
 * last day. Anybody may send that header, so peers from elsewhere count only with a session or token. Has to be
 * registered after the sign-in of requests.
 */
export function noticeProxies(app: App, { db, clock, log, config, pending }: Deps): void {
  const { trustedProxies } = config;
  const known = new Map<string, number>();
  const warn = (proxy: string) => log.warn({ proxy }, proxyAdvice(proxy, trustedProxies));

  app.addHook("onReady", async () => {
    const found = await listUntrustedProxies(db.kysely, { trustedProxies, now: clock() });
    for (const { address } of found) warn(address);
  });

  app.addHook("onRequest", async (request) => {
    const address = untrustedProxy(request);
    if (address === null) return;
    const now = clock();
    const last = known.get(address);
    if (last !== undefined && now.getTime() - last < rememberMs) return;
    if (last === undefined) {
      if (known.size >= maxKnown) return;
      warn(address);
    }
    known.set(address, now.getTime());
    pending.add(rememberProxy(db.kysely, address, now));
  });
}

/** The peer, if it sends the header and Tocsin does not believe it; else null. */
function untrustedProxy({ headers, ip, raw, principal }: FastifyRequest): string | null {
  // The address of a request that came through a trusted proxy is another than the peer's.
  if (headers["x-forwarded-for"] === undefined || ip !== raw.socket.remoteAddress) return null;
  return isNearby(ip) || principal?.actor.id ? plainAddress(ip) : null;
}

/** List the peers that look like proxies and are not trusted; always one page. */
export function untrustedProxyRoutes(app: App, { db, clock, config: { trustedProxies } }: Deps): void {
  app.get(
    "/api/v1/untrusted-proxies",
    {
      ...requires("Manage Settings"),
      schema: {
        tags: ["Settings"],
        summary: "List peers that send X-Forwarded-For without being in TRUSTED_PROXIES",
        response: { 200: page(untrustedProxyBody) },
      },
    },
    async () => {
      const proxies = await listUntrustedProxies(db.kysely, { trustedProxies, now: clock() });
      return { results: proxies.map((proxy) => toBody(proxy, trustedProxies)), next: null };
    },
  );
}

function toBody(
  { address, firstSeenAt, lastSeenAt }: UntrustedProxy,
  trustedProxies: readonly string[],
): UntrustedProxyBody {
  return {
    address,
    advice: proxyAdvice(address, trustedProxies),
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  };
}
