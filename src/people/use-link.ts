import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { audit } from "./audit.ts";
import type { Principal } from "./principal.ts";
import { hashSecret } from "./secret.ts";
import { endSessionsOf } from "./sign-in/end-sessions.ts";
import { type NewSession, openSession } from "./sign-in/open-session.ts";
import { hashPassword } from "./sign-in/password.ts";
import { createUser } from "./users/create-user.ts";
import { findUser } from "./users/find-user.ts";
import { lockPeople } from "./users/lock-people.ts";
import type { User } from "./users.ts";
import { findLink, type PasswordLink } from "./links/find-link.ts";

export interface LinkUse {
  token: string;
  password: string;
  /** The first admin tells who they are; others are known. */
  email?: string | undefined;
  name?: string | undefined;
  userAgent: string | null;
  now: Date;
}

/**
 * Uses a link up: sets the password, ends the user's other sessions and begins one. `by` may do everything when
 * the link makes the first admin, as it was printed on the server's own terminal.
 */
export async function useLink(
  db: Pick<Database, "kysely">,
  by: Principal,
  use: LinkUse,
): Promise<{ session: NewSession; user: User } | Refusal> {
  const { token, password, now, userAgent } = use;
  // Before the hash is made, which costs 20 ms and is not for strangers to order.
  const found = await findLink(db.kysely, token, now);
  if (isRefusal(found)) return found;
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
    const target = { type: "user", id: user.id };
    await audit(tx, { ...by, actor }, { action: "user.password_set", target });
    const session = await openSession(tx, user.id, { now, ip: by.ip, userAgent });
    return { session, user: { ...user, hasPassword: true } };
  });
}

async function ownerOf(
  tx: Transaction,
  by: Principal,
  { link, use: { email, name } }: { link: PasswordLink; use: LinkUse },
): Promise<{ id: string } | Refusal> {
  if (link.kind === "set_password") return { id: link.userId };
  if (!email) return { refused: "invalid", field: "email", why: "Tell the first admin's e-mail." };
  if (!name) return { refused: "invalid", field: "name", why: "Tell the first admin's name." };
  return createUser(tx, by, { email, name, role: "Admin" });
}
