import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import { hashSecret, type Principal } from "../principal.ts";
import { passwordMatches } from "../sign-in.ts";
import { forgetOldTries, forgiveTry, sessionCounters, takeTry } from "../sign-in-tries.ts";
import type { OwnSession } from "./own-sessions.ts";

type Confirmed = { kind: "confirmed" } | { kind: "wrong" } | { kind: "throttled"; waitMs: number };

/**
 * Confirms a session by its user's password (docs/behaviour.md#confirming-a-session). Wrong passwords are limited per
 * session, so that a thief of the session can't guess.
 */
export async function confirmSession(
  db: Pick<Database, "kysely">,
  by: Principal,
  { session, password, now }: { session: OwnSession; password: string; now: Date },
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
  const user = await db.kysely
    .selectFrom("users")
    .select("password_hash as hash")
    .where("id", "=", session.userId)
    .executeTakeFirst();
  if (!(await passwordMatches(password, user?.hash ?? null))) {
    await audit(db.kysely, by, { ...entry, outcome: "refused", data: { why: "wrong password" } });
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
    await audit(tx, by, entry);
    return { kind: "confirmed" };
  });
}

const freshMs = 5 * 60_000;

/** Whether a session was confirmed recently enough for changes of secrets, tokens and people's rights. */
export function isFresh(confirmedAt: Date, now: Date): boolean {
  return now.getTime() - confirmedAt.getTime() <= freshMs;
}
