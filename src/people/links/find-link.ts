import type { Kysely } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { hashSecret } from "../secret.ts";

/** What a link is for. */
export type PasswordLink =
  | { kind: "first_admin" }
  | { kind: "set_password"; userId: string; email: string; name: string };

const dead: Refusal = {
  refused: "not_found",
  why: "This link has been used, has run out, or was replaced by a newer one. Ask for a new link.",
};

/** The link of this token, if it still works. Does not use it up: mail scanners open links, too. */
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
  if (!link) return dead;
  const { user_id: userId, email, name, enabled } = link;
  if (userId !== null && email !== null && name !== null)
    return enabled ? { kind: "set_password", userId, email, name } : dead;
  const anybody = await db.selectFrom("users").select("id").limit(1).executeTakeFirst();
  return anybody ? dead : { kind: "first_admin" };
}
