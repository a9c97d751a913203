import type { Refusal } from "../../alert/refusal.ts";
import type { Oidc } from "../../config.ts";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import { refusePasswordOf } from "../oidc/emergency-admin.ts";
import type { Principal } from "../principal.ts";
import { hashPassword, passwordMatches } from "../sign-in.ts";
import { forgetOldTries, forgiveTry, sessionCounters, takeTry } from "../sign-in-tries.ts";
import { endOtherSessions, type OwnSession } from "./own-sessions.ts";
import { refusePassword } from "./password-rules.ts";

interface PasswordChange {
  currentPassword: string;
  newPassword: string;
  session: OwnSession;
  /** With `only`, nobody but the emergency admin has a password. */
  oidc: Oidc | undefined;
  now: Date;
}

/** Whether the password was changed. */
type Changed = { kind: "changed" } | { kind: "throttled"; waitMs: number } | Refusal;

/**
 * Sets another password for the user of a session: ends their other sessions and forgets their other devices and links. A
 * refusal names the field. Wrong current passwords are limited per session, so that a thief of the session can't guess.
 */
export async function changePassword(
  db: Pick<Database, "kysely">,
  by: Principal,
  change: PasswordChange,
): Promise<Changed> {
  const { session, oidc, now } = change;
  const byProviderOnly = await refusePasswordOf(db.kysely, oidc, session.userId);
  if (byProviderOnly) {
    await auditChange(db.kysely, by, session, byProviderOnly.why);
    return byProviderOnly;
  }
  const counters = sessionCounters(session.secret);
  const waitMs = await transaction(db, async (tx) => {
    const wait = await takeTry(tx, counters, now);
    if (wait > 0) await auditChange(tx, by, session, "too many tries");
    return wait;
  });
  if (waitMs > 0) return { kind: "throttled", waitMs };
  const user = await db.kysely
    .selectFrom("users")
    .select(["email", "name", "password_hash as hash"])
    .where("id", "=", session.userId)
    .executeTakeFirst();
  if (!user || !(await passwordMatches(change.currentPassword, user.hash))) {
    await auditChange(db.kysely, by, session, wrong.why);
    await forgetOldTries(db.kysely, now);
    return wrong;
  }
  const refused = await refuseNew(change, user);
  const hash = refused ? "" : await hashPassword(change.newPassword);
  return transaction(db, async (tx): Promise<Changed> => {
    await forgiveTry(tx, counters);
    if (!refused) return store(tx, by, { session, now, hash, before: user.hash });
    await auditChange(tx, by, session, refused.why);
    return refused;
  });
}

const wrong: Refusal = {
  refused: "invalid",
  field: "currentPassword",
  why: "This is not your current password.",
};

function refuseNew(
  { currentPassword, newPassword }: PasswordChange,
  { email, name }: { email: string; name: string },
): Promise<Refusal | null> {
  const field = "newPassword";
  if (currentPassword !== newPassword) return refusePassword(newPassword, { email, name, field });
  return Promise.resolve({
    refused: "invalid",
    field,
    why: "This is your current password. Choose another one.",
  });
}

async function store(
  tx: Transaction,
  by: Principal,
  { session, now, hash, before }: { session: OwnSession; now: Date; hash: string; before: string | null },
): Promise<Changed> {
  const { userId } = session;
  const set = await tx
    .updateTable("users")
    .set({ password_hash: hash, updated_at: now })
    .where("id", "=", userId)
    .where("enabled", "=", true)
    .where("password_hash", "=", before)
    .returning("id")
    .executeTakeFirst();
  if (!set) return { refused: "conflict", why: "Your password was changed meanwhile. Sign in again." };
  await tx.deleteFrom("password_links").where("user_id", "=", userId).execute();
  await endOtherSessions(tx, session);
  await auditChange(tx, by, session, null);
  return { kind: "changed" };
}

/** With the reason if the change was refused. */
function auditChange(
  tx: Pick<Database, "kysely">["kysely"],
  by: Principal,
  { userId }: OwnSession,
  why: string | null,
) {
  const target = { type: "user", id: userId } as const;
  const entry = { action: "user.password_changed", target, changes: null } as const;
  return audit(tx, by, why === null ? entry : { ...entry, outcome: "refused", data: { why } });
}
