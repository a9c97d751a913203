import type { Kysely } from "kysely";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Oidc } from "../config.ts";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { refusePassword } from "./account/password-rules.ts";
import { audit } from "./audit-log/audit.ts";
import { createUser } from "./change-user.ts";
import { forgetDevices, rememberDevice } from "./devices.ts";
import type { PendingSignIn } from "./factors/pending-sign-in.ts";
import { refusePasswordOf } from "./oidc/emergency-admin.ts";
import { hashSecret, type Principal } from "./principal.ts";
import { endSessionsOf, type NewSession, startSession } from "./sessions.ts";
import { askForFactor, hashPassword } from "./sign-in.ts";
import { findUser, lockPeople, type User } from "./users.ts";

interface LinkUse {
  token: string;
  password: string;
  /** Email and name are needed for the first admin only. */
  email?: string | undefined;
  name?: string | undefined;
  /** The secret of the device's cookie. */
  device: string | null;
  userAgent: string | null;
  /** With `only`, nobody but the emergency admin gets a password. */
  oidc: Oidc | undefined;
  now: Date;
}

/**
 * Uses up a link: sets the password, ends the user's sessions, forgets their devices and starts a new session, or asks
 * for the second factor of a user who has one. For the first admin's link, which was printed on the server's terminal, `by` needs all permissions.
 */
export async function useLink(
  db: Pick<Database, "kysely">,
  by: Principal,
  use: LinkUse,
): Promise<{ session: NewSession; user: User } | { pending: PendingSignIn } | Refusal> {
  const { token, password, now, userAgent } = use;
  // Checked before hashing, so that an invalid token can't cost 20 ms of CPU time.
  const found = await findLink(db.kysely, token, now);
  if (isRefusal(found)) return found;
  const byProviderOnly =
    found.kind === "set_password" && (await refusePasswordOf(db.kysely, use.oidc, found.userId));
  if (byProviderOnly) return byProviderOnly;
  const { email = "", name = "" } = found.kind === "set_password" ? found : use;
  const guessable = await refusePassword(password, { email, name, field: "password" });
  if (guessable) return guessable;
  const passwordHash = await hashPassword(password);
  return transaction(db, async (tx) => {
    await lockPeople(tx);
    const link = await findLink(tx, token, now);
    if (isRefusal(link)) return link;
    const owner = await ownerOf(tx, by, { link, use });
    const user = isRefusal(owner) ? owner : await findUser(tx, owner.id);
    if (isRefusal(user)) return user;
    await tx
      .updateTable("users")
      .set({ password_hash: passwordHash, updated_at: now })
      .where("id", "=", user.id)
      .execute();
    await tx
      .updateTable("password_links")
      .set({ used_at: now })
      .where("token_hash", "=", hashSecret(token))
      .execute();
    await endSessionsOf(tx, user.id, now);
    const actor = { type: "user", id: user.id, name: user.name } as const;
    const target = { type: "user", id: user.id } as const;
    await audit(tx, { ...by, actor }, { action: "user.password_set", target, changes: null });
    const pending = await askForFactor(tx, { ...by, actor }, { userId: user.id, now });
    if (pending) {
      await forgetDevices(tx, user.id, null);
      return { pending };
    }
    const device = await rememberDevice(tx, user.id, { secret: use.device, now });
    await forgetDevices(tx, user.id, device.hash);
    const session = await startSession(tx, user.id, { now, ip: by.ip, userAgent, device });
    return { session, user: { ...user, hasPassword: true } };
  });
}

async function ownerOf(
  tx: Transaction,
  by: Principal,
  { link, use: { email, name } }: { link: PasswordLink; use: LinkUse },
): Promise<{ id: string } | Refusal> {
  if (link.kind === "set_password") return { id: link.userId };
  if (!email) return { refused: "invalid", field: "email", why: "Enter the first admin's email." };
  if (!name) return { refused: "invalid", field: "name", why: "Enter the first admin's name." };
  return createUser(tx, by, { email, name, role: "Admin" });
}

/** What a link is for. */
export type PasswordLink =
  | { kind: "first_admin" }
  | { kind: "set_password"; userId: string; email: string; name: string };

const invalidLink: Refusal = {
  refused: "not_found",
  why: "This link was used, has expired or was replaced by a newer one. Ask for a new link.",
};

/** The link with this token, if it still works. Doesn't use it up, since mail scanners open links too. */
export async function findLink(
  db: Kysely<Tables>,
  token: string,
  now: Date,
): Promise<PasswordLink | Refusal> {
  const link = await db
    .selectFrom("password_links")
    .leftJoin("users", "users.id", "user_id")
    .select(["user_id", "email", "name", "enabled"])
    .where("token_hash", "=", hashSecret(token))
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  if (!link) return invalidLink;
  const { user_id: userId, email, name, enabled } = link;
  if (userId !== null && email !== null && name !== null)
    return enabled ? { kind: "set_password", userId, email, name } : invalidLink;
  const anyUser = await db.selectFrom("users").select("id").limit(1).executeTakeFirst();
  return anyUser ? invalidLink : { kind: "first_admin" };
}
