import type { FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../api/deps.ts";
import { cookieName, cookieOptions } from "../api/session-cookie.ts";
import type { FactorNeeded } from "../people/factors/contract.ts";
import type { PendingSignIn } from "../people/factors/pending-sign-in.ts";
import { relyingPartyOf } from "../people/factors/relying-party.ts";

const pendingCookie = (config: Deps["config"]) => cookieName(config, "tocsin_second_factor");

/** The secret of the sign-in whose second step this browser is at. */
export function readPending(request: FastifyRequest, config: Deps["config"]): string | undefined {
  return request.cookies[pendingCookie(config)];
}

export function clearPending(reply: FastifyReply, config: Deps["config"]): void {
  reply.clearCookie(pendingCookie(config), cookieOptions(config));
}

/** Answers a right password of a user with second factors: sets the cookie of the second step, and no session. */
export function askSecondFactor(
  reply: FastifyReply,
  { secret, expiresAt, factors }: PendingSignIn,
  { config, clock }: Pick<Deps, "config" | "clock">,
): FactorNeeded {
  const maxAge = Math.ceil((expiresAt.getTime() - clock().getTime()) / 1000);
  reply.setCookie(pendingCookie(config), secret, { ...cookieOptions(config), maxAge });
  const party = relyingPartyOf(config.publicUrl);
  return {
    secondFactor: {
      passkey: !("unavailable" in party) && factors.passkeyHosts.includes(party.id),
      totp: factors.totp,
      recoveryCodes: factors.recoveryCodes > 0,
    },
    expiresAt: expiresAt.toISOString(),
  };
}
