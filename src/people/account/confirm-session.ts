import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import type { SessionConfirmation } from "../contract.ts";
import { takePasskey } from "../factors/passkeys.ts";
import type { RelyingParty } from "../factors/relying-party.ts";
import { hashSecret, type Principal } from "../principal.ts";
import { passwordMatches } from "../sign-in.ts";
import { forgetOldTries, forgiveTry, sessionCounters, takeTry } from "../sign-in-tries.ts";
import type { OwnSession } from "./own-sessions.ts";

interface Confirmation {
  session: OwnSession;
  proof: SessionConfirmation;
  /** Null where browsers make no passkeys. */
  party: RelyingParty | null;
  now: Date;
}

type Confirmed = { kind: "confirmed" } | { kind: "wrong" } | { kind: "throttled"; waitMs: number };

/**
 * Confirms a session by its user's password or passkey (docs/behaviour.md#confirming-a-session). Wrong ones are limited
 * per session, so that a thief of the session can't guess.
 */
export async function confirmSession(
  db: Pick<Database, "kysely">,
  by: Principal,
  { session, proof, party, now }: Confirmation,
): Promise<Confirmed> {
  const target = { type: "user", id: session.userId } as const;
  const entry = { action: "session.confirmed", target, changes: null } as const;
  const counters = sessionCounters(session.secret);
  const waitMs = await transaction(db, async (tx) => {
    const wait = await takeTry(tx, counters, now);
    if (wait > 0) await audit(tx, by, { ...entry, outcome: "refused", data: { why: "too many tries" } });
    return wait;
  });
  if (waitMs > 0) return { kind: "throttled", waitMs };
  const why = await refuseProof(db, { session, proof, party, now });
  if (why !== null) {
    await audit(db.kysely, by, { ...entry, outcome: "refused", data: { why } });
    await forgetOldTries(db.kysely, now);
    return { kind: "wrong" };
  }
  return transaction(db, async (tx): Promise<Confirmed> => {
    await forgiveTry(tx, counters);
    await tx
      .updateTable("sessions")
      .set({ confirmed_at: now })
      .where("token_hash", "=", hashSecret(session.secret))
      .execute();
    await audit(tx, by, { ...entry, data: { by: "password" in proof ? "password" : "passkey" } });
    return { kind: "confirmed" };
  });
}

/** Why the proof is not the user's; null if it is. */
async function refuseProof(
  db: Pick<Database, "kysely">,
  { session: { userId, secret }, proof, party, now }: Confirmation,
): Promise<string | null> {
  if ("passkey" in proof) {
    if (!party) return "passkeys don't work at this address";
    const holder = { userId, holder: secret, purpose: "confirm", party, now } as const;
    const why = await transaction(db, (tx) => takePasskey(tx, { ...holder, proof: proof.passkey }));
    return why && `passkey: ${why}`;
  }
  const user = await db.kysely
    .selectFrom("users")
    .select("password_hash as hash")
    .where("id", "=", userId)
    .executeTakeFirst();
  return (await passwordMatches(proof.password, user?.hash ?? null)) ? null : "wrong password";
}

const freshMs = 5 * 60_000;

/** Whether a session was confirmed recently enough for changes of secrets, tokens and people's rights. */
export function isFresh(confirmedAt: Date, now: Date): boolean {
  return now.getTime() - confirmedAt.getTime() <= freshMs;
}
