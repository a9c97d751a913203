import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Deps } from "../../api/deps.ts";
import { cookieName, cookieOptions } from "../../api/session-cookie.ts";
import type { Database } from "../../db/connect.ts";
import type { Binding } from "../../people/oidc/provider.ts";
import { hashSecret, makeSecret } from "../../people/principal.ts";
import { pendingSignInPurpose } from "../../secrets/vault.ts";

const minutes = 10;

/** What a visit to the provider was begun for. */
const pendingSignIn = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** The page to go to afterwards. */
  next: z.string(),
  /** To confirm a session, not to start one. */
  confirms: z.boolean(),
  /** The id of an answer to confirm; absent for other visits. */
  answer: z.string().optional(),
  startedAt: z.number(),
});
export type PendingSignIn = z.infer<typeof pendingSignIn>;

type Door = Pick<Deps, "config" | "clock" | "slack">;

/** So many visits can be open in one browser, in tabs of their own; cookies have little room. */
const maxOpen = 4;

/**
 * Begins a visit. Everything about it is sealed in a cookie of the browser, so that nothing is stored for a visitor who
 * never comes back, and that no other browser can continue.
 */
export function beginSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { wanted, config, clock, slack }: Door & { wanted: Pick<PendingSignIn, "next" | "confirms" | "answer"> },
): Binding {
  const open = Object.keys(request.cookies).filter((name) => name.startsWith(nameOf("", config)));
  if (open.length >= maxOpen) for (const name of open) reply.clearCookie(name, cookieOptions(config));
  const binding = { state: makeSecret(), nonce: makeSecret(), verifier: makeSecret() };
  const pending: PendingSignIn = { ...binding, ...wanted, startedAt: clock().getTime() };
  const sealed = slack.vault.seal(JSON.stringify(pending), pendingSignInPurpose).toString("base64url");
  reply.setCookie(nameOf(binding.state, config), sealed, { ...cookieOptions(config), maxAge: minutes * 60 });
  return binding;
}

/** The visit that this state belongs to, and whose cookie is removed; null if this browser has none or it is too old. */
export function continueSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { state, config, clock, slack }: Door & { state: string },
): PendingSignIn | null {
  const name = nameOf(state, config);
  const sealed = state ? request.cookies[name] : undefined;
  if (!sealed) return null;
  reply.clearCookie(name, cookieOptions(config));
  const pending = unseal(sealed, slack.vault);
  const isYoung = pending && clock().getTime() - pending.startedAt <= minutes * 60_000;
  return isYoung && pending.state === state ? pending : null;
}

/** Each state has a cookie of its own, named by its beginning. */
function nameOf(state: string, config: Deps["config"]): string {
  return cookieName(config, `tocsin_sign_in_${state.slice(0, 8)}`);
}

function unseal(sealed: string, vault: Deps["slack"]["vault"]): PendingSignIn | null {
  try {
    return pendingSignIn.parse(
      JSON.parse(vault.unseal(Buffer.from(sealed, "base64url"), pendingSignInPurpose)),
    );
  } catch {
    // Sealed with another key, or not by Tocsin.
    return null;
  }
}

/** Uses up a state. False if it was used before, by a reload or by somebody who copied the address. */
export async function takeState({ kysely }: Database, state: string, now: Date): Promise<boolean> {
  const expires_at = new Date(now.getTime() + 2 * minutes * 60_000);
  const used = await kysely
    .insertInto("used_sign_ins")
    .values({ state_hash: hashSecret(state), expires_at })
    .onConflict((same) => same.column("state_hash").doNothing())
    .returning("state_hash")
    .executeTakeFirst();
  return used !== undefined;
}
