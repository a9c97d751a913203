import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import type { User } from "../../people/users.ts";
import { commentRequired } from "../../triage/comment-required.ts";
import type { SessionBody } from "../contract/session.ts";

/** What the Console needs to know about whoever signed in. */
export async function showSession(db: Kysely<Tables>, user: User): Promise<SessionBody> {
  const { id, email, name, role, permissions } = user;
  return { user: { id, email, name, role }, permissions, commentRequired: await commentRequired(db) };
}
