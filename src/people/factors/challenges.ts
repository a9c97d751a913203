import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import { hashSecret, makeSecret } from "../principal.ts";

/** What an authenticator is asked to sign a challenge for; it can't be used for anything else. */
export type ChallengePurpose = "add" | "answer" | "confirm" | "sign in";

const lifetimeMs = 5 * 60_000;

/** A new challenge for the holder of a secret, a session's or a pending sign-in's. It replaces the one before. */
export async function makeChallenge(
  db: Kysely<Tables>,
  { holder, purpose, now }: { holder: string; purpose: ChallengePurpose; now: Date },
): Promise<string> {
  const made = { challenge: makeSecret(), expires_at: new Date(now.getTime() + lifetimeMs) };
  await db
    .insertInto("passkey_challenges")
    .values({ holder_hash: hashSecret(holder), purpose, ...made })
    .onConflict((same) => same.columns(["holder_hash", "purpose"]).doUpdateSet(made))
    .execute();
  return made.challenge;
}

/** Uses up the holder's challenge, whatever its answer is worth; null if there is none, or if it is too old. */
export async function takeChallenge(
  db: Kysely<Tables>,
  { holder, purpose, now }: { holder: string; purpose: ChallengePurpose; now: Date },
): Promise<string | null> {
  const taken = await db
    .deleteFrom("passkey_challenges")
    .where("holder_hash", "=", hashSecret(holder))
    .where("purpose", "=", purpose)
    .returning(["challenge", "expires_at"])
    .executeTakeFirst();
  return taken && taken.expires_at > now ? taken.challenge : null;
}
