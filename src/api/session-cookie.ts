import type { FastifyReply, FastifyRequest } from "fastify";
import type { NewSession } from "../people/sign-in/open-session.ts";
import { longestSession } from "../people/sign-in/session-lifetime.ts";

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
  const maxAge = longestSession / 1000;
  reply.setCookie(cookieName(where), session.secret, { ...cookieOptions(where), maxAge });
}

export function clearSessionCookie(reply: FastifyReply, where: Where): void {
  reply.clearCookie(cookieName(where), cookieOptions(where));
}
