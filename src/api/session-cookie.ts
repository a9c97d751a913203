import type { FastifyReply, FastifyRequest } from "fastify";
import { maxSessionMs, type NewSession } from "../people/sessions.ts";
import type { Deps } from "./deps.ts";
import { problem } from "./problem.ts";

type CookieConfig = { publicUrl: string };

/** The path of PUBLIC_URL, below which everything is served; empty unless it has one. */
export function basePathOf({ publicUrl }: CookieConfig): string {
  return new URL(publicUrl).pathname.replace(/\/$/, "");
}

/**
 * Browsers refuse a `__Host-` cookie that another host or plain http has set, and a `__Secure-` one that plain http has
 * set. Only the first has to be for all paths, which other programs of the host would get then.
 */
export function cookieName(config: CookieConfig, name = "tocsin_session"): string {
  if (!config.publicUrl.startsWith("https:")) return name;
  return basePathOf(config) === "" ? `__Host-${name}` : `__Secure-${name}`;
}

export function cookieOptions(config: CookieConfig) {
  const secure = config.publicUrl.startsWith("https:");
  return { path: basePathOf(config) || "/", httpOnly: true, sameSite: "lax", secure } as const;
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
