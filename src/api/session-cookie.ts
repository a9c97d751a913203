import type { FastifyReply, FastifyRequest } from "fastify";
import { maxSessionMs, type NewSession } from "../people/sessions.ts";
import type { Deps } from "./deps.ts";
import { problem } from "./problem.ts";

type CookieConfig = { publicUrl: string };

/** Browsers refuse a `__Host-` cookie that another host or plain http has set. */
function cookieName({ publicUrl }: CookieConfig): string {
  return publicUrl.startsWith("https:") ? "__Host-tocsin_session" : "tocsin_session";
}

function cookieOptions({ publicUrl }: CookieConfig) {
  const secure = publicUrl.startsWith("https:");
  return { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
}

export function readSessionCookie(request: FastifyRequest, config: CookieConfig): string | undefined {
  return request.cookies[cookieName(config)];
}

/** Sets the cookie for the longest possible session; the server decides when the session ends. */
export function setSessionCookie(reply: FastifyReply, session: NewSession, config: CookieConfig): void {
  const maxAge = maxSessionMs / 1000;
  reply.setCookie(cookieName(config), session.secret, { ...cookieOptions(config), maxAge });
}

export function clearSessionCookie(reply: FastifyReply, config: CookieConfig): void {
  reply.clearCookie(cookieName(config), cookieOptions(config));
}

/** Throws a 403 if a page of another site may have sent the request (CSRF). */
export function checkOrigin(request: FastifyRequest, { config }: Pick<Deps, "config">): void {
  const { method, headers, protocol, host } = request;
  const ours = [new URL(config.publicUrl).origin, `${protocol}://${host}`];
  const fetchSite = headers["sec-fetch-site"];
  const sender = { method, origin: headers.origin, fetchSite: fetchSite?.toString() };
  if (isFromOwnOrigin(sender, ours)) return;
  const detail = `Changes with a session cookie are accepted only from ${ours[0]}. Use an API token in programs.`;
  throw problem(403, detail);
}

interface RequestOrigin {
  method: string;
  origin: string | undefined;
  /** The header Sec-Fetch-Site, which pages can't forge. */
  fetchSite: string | undefined;
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may use the session cookie: browsers send it from any site, so changes must come from
 * `ours`.
 */
export function isFromOwnOrigin(
  { method, origin, fetchSite }: RequestOrigin,
  ours: readonly string[],
): boolean {
  if (safeMethods.has(method)) return true;
  return origin === undefined ? fetchSite === "same-origin" : ours.includes(origin);
}
