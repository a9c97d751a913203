import type { FastifyReply, FastifyRequest } from "fastify";
import { maxSessionMs, type NewSession } from "../people/sessions.ts";
import type { Deps } from "./deps.ts";
import { problem } from "./problem.ts";

type CookieConfig = { publicUrl: string };

/** Browsers refuse a `__Host-` cookie that another host or plain http has set. */
export function cookieName({ publicUrl }: CookieConfig, name = "tocsin_session"): string {
  return publicUrl.startsWith("https:") ? `__Host-${name}` : name;
}

export function cookieOptions({ publicUrl }: CookieConfig) {
  const secure = publicUrl.startsWith("https:");
  return { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
}

export function readSessionCookie(request: FastifyRequest, config: CookieConfig): string | undefined {
  return request.cookies[cookieName(config)];
}

/** Browsers keep no cookie longer than 400 days. */
const maxCookieSeconds = 400 * 24 * 60 * 60;

/** The secret by which a device that signed in before is known. */
export function readDeviceCookie(request: FastifyRequest, config: CookieConfig): string | null {
  return request.cookies[cookieName(config, "device")] ?? null;
}

/** Sets the cookies for the longest possible time; the server decides when a session ends. */
export function setSessionCookies(reply: FastifyReply, session: NewSession, config: CookieConfig): void {
  const options = cookieOptions(config);
  const ofSession = { ...options, maxAge: maxSessionMs / 1000 };
  const ofDevice = { ...options, maxAge: maxCookieSeconds };
  reply.setCookie(cookieName(config), session.secret, ofSession);
  reply.setCookie(cookieName(config, "device"), session.deviceSecret, ofDevice);
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
