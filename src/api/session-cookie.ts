import type { FastifyReply, FastifyRequest } from "fastify";
import { maxSessionMs, type NewSession } from "../people/sessions.ts";
import type { Deps } from "./deps.ts";
import { problem } from "./problem.ts";

type Where = { publicUrl: string };

/** With https the prefix makes browsers refuse a cookie that a neighbouring host or plain http has set. */
function cookieName({ publicUrl }: Where): string {
  return publicUrl.startsWith("https:") ? "__Host-tocsin_session" : "tocsin_session";
}

function cookieOptions({ publicUrl }: Where) {
  const secure = publicUrl.startsWith("https:");
  return { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
}

export function readSessionCookie(request: FastifyRequest, where: Where): string | undefined {
  return request.cookies[cookieName(where)];
}

/** The cookie lasts as long as a session can; the server decides when it is over. */
export function setSessionCookie(reply: FastifyReply, session: NewSession, where: Where): void {
  const maxAge = maxSessionMs / 1000;
  reply.setCookie(cookieName(where), session.secret, { ...cookieOptions(where), maxAge });
}

export function clearSessionCookie(reply: FastifyReply, where: Where): void {
  reply.clearCookie(cookieName(where), cookieOptions(where));
}

/** Throws a 403 if another site's page may have sent this (CSRF). */
export function checkOrigin(request: FastifyRequest, { config }: Pick<Deps, "config">): void {
  const { method, headers, protocol, host } = request;
  const ours = [new URL(config.publicUrl).origin, `${protocol}://${host}`];
  const fetchSite = headers["sec-fetch-site"];
  const asked = { method, origin: headers.origin, fetchSite: fetchSite?.toString() };
  if (fromOurPages(asked, ours)) return;
  const detail = `A change with a session must come from ${ours[0]}. Programs use an API token instead.`;
  throw problem(403, detail);
}

interface Asked {
  method: string;
  origin: string | undefined;
  /** The browser's own word (Sec-Fetch-Site), which no page can forge. */
  fetchSite: string | undefined;
}

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * True unless another site's page may have made the browser send this: a cookie goes along by itself, so what
 * changes something must come from one of our own origins.
 */
export function fromOurPages({ method, origin, fetchSite }: Asked, ours: readonly string[]): boolean {
  if (safe.has(method)) return true;
  return origin === undefined ? fetchSite === "same-origin" : ours.includes(origin);
}
