import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import { hashSecret, type Principal } from "../principal.ts";
import type { Claims } from "./read-claims.ts";

/** Why a visit to the provider doesn't confirm a session; null if it does. */
export type WhyNotConfirmed = "not asked again" | "somebody else" | "session over" | null;

/** The clocks of Tocsin and of the provider may differ so much. */
const skewMs = 30_000;

interface Confirmation {
  claims: Claims;
  /** The session that the person wanted to confirm. */
  session: { secret: string; userId: string };
  /** When they went to the provider. */
  startedAt: Date;
  now: Date;
}

/** Whether the person has entered their credentials since they went to the provider. */
export function isAskedAgain(
  { authenticatedAt }: Pick<Claims, "authenticatedAt">,
  { startedAt }: Pick<Confirmation, "startedAt">,
): boolean {
  return authenticatedAt !== null && authenticatedAt.getTime() >= startedAt.getTime() - skewMs;
}

/**
 * Confirms a session (docs/behaviour.md#confirming-a-session) for the user whom the provider has just asked for their
 * credentials.
 */
export function confirmByProvider(
  db: Pick<Database, "kysely">,
  by: Principal,
  { claims, session, startedAt, now }: Confirmation,
): Promise<WhyNotConfirmed> {
  return transaction(db, async (tx): Promise<WhyNotConfirmed> => {
    const identity = await tx
      .selectFrom("user_identities")
      .select("user_id")
      .where("issuer", "=", claims.issuer)
      .where("subject", "=", claims.subject)
      .executeTakeFirst();
    const isSame = identity?.user_id === session.userId;
    const why = !isSame ? "somebody else" : isAskedAgain(claims, { startedAt }) ? null : "not asked again";
    const entry = {
      action: "session.confirmed",
      target: { type: "user", id: session.userId },
      changes: null,
    } as const;
    if (why) {
      await audit(tx, by, { ...entry, outcome: "refused", data: { why: `provider: ${why}` } });
      return why;
    }
    const confirmed = await tx
      .updateTable("sessions")
      .set({ confirmed_at: now })
      .where("token_hash", "=", hashSecret(session.secret))
      .where("user_id", "=", session.userId)
      .returning("id")
      .executeTakeFirst();
    if (!confirmed) return "session over";
    await audit(tx, by, { ...entry, data: { with: "OpenID Connect" } });
    return null;
  });
}
