import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Oidc } from "../config.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { audit } from "./audit-log/audit.ts";
import { decideChange } from "./change-user.ts";
import { refusePasswordOf } from "./oidc/emergency-admin.ts";
import { hashSecret, makeSecret, type Principal } from "./principal.ts";
import { findUser, lockPeople } from "./users.ts";

const hour = 60 * 60 * 1000;

/**
 * Creates a one-time link: for a user, to set their password within 24 hours; for null, to create the first admin within
 * one hour. Replaces earlier links of the same kind. The token is behind `#`, which browsers don't send.
 */
export async function makeLink(
  tx: Transaction,
  userId: string | null,
  { publicUrl, now }: { publicUrl: string; now: Date },
): Promise<string> {
  const token = makeSecret();
  const lifetime = userId === null ? hour : 24 * hour;
  await tx
    .deleteFrom("password_links")
    .where((is) => (userId === null ? is("user_id", "is", null) : is("user_id", "=", userId)))
    .execute();
  await tx
    .insertInto("password_links")
    .values({
      token_hash: hashSecret(token),
      user_id: userId,
      expires_at: new Date(now.getTime() + lifetime),
    })
    .execute();
  return `${publicUrl}/${userId === null ? "welcome" : "set-password"}#${token}`;
}

/** The link to create the first admin, for the terminal only; null if there is a user already. */
export function firstStartLink(
  db: Pick<Database, "kysely">,
  publicUrl: string,
  now: Date,
): Promise<string | null> {
  return transaction(db, async (tx) => {
    await lockPeople(tx);
    const user = await tx.selectFrom("users").select("id").limit(1).executeTakeFirst();
    return user ? null : makeLink(tx, null, { publicUrl, now });
  });
}

/** A new link to set a user's password; it lets its holder act as the user; and the user's email. A refusal if the user is disabled. */
export async function makePasswordLink(
  tx: Transaction,
  by: Principal,
  { userId, publicUrl, oidc, now }: { userId: string; publicUrl: string; oidc: Oidc | undefined; now: Date },
): Promise<{ url: string; email: string } | Refusal> {
  await lockPeople(tx);
  const user = await findUser(tx, userId);
  if (isRefusal(user)) return user;
  const refused = decideChange(by, { before: user, after: user }, 0);
  if (refused) return refused;
  const byProviderOnly = await refusePasswordOf(tx, oidc, userId);
  if (byProviderOnly) return { ...byProviderOnly, refused: "conflict" };
  if (!user.enabled) return { refused: "conflict", why: `${user.name} is disabled. Enable them first.` };
  const target = { type: "user", id: userId } as const;
  await audit(tx, by, { action: "user.password_link_made", target, changes: null });
  return { url: await makeLink(tx, userId, { publicUrl, now }), email: user.email };
}
