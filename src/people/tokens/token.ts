import type { Kysely } from "kysely";
import type { Permission } from "../../alert/permission.ts";
import type { Tables } from "../../db/tables/tables.ts";

/** An API token as it is listed; the secret is stored nowhere. */
export interface Token {
  id: string;
  name: string;
  permissions: Permission[];
  cidrs: string[];
  /** The user who made it, or whose token did; null if it was made on the command line. */
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** The query of tokens that are not revoked; add what to look for. */
export function selectTokens(db: Kysely<Tables>) {
  return db
    .selectFrom("api_tokens")
    .select(["id", "name", "permissions", "cidrs", "created_by as createdBy", "created_at as createdAt"])
    .select(["expires_at as expiresAt", "last_used_at as lastUsedAt"])
    .where("revoked_at", "is", null);
}
