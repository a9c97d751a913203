import { type Kysely, sql } from "kysely";
import { v7 as uuid } from "uuid";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { audit } from "./audit.ts";
import { decideToken, type TokenRequest } from "./check-token.ts";
import { hashSecret, makeSecret, type Principal } from "./principal.ts";

/** Creates an API token; only this answer has its secret. A token created with a token expires with it at the latest. */
export async function createToken(
  tx: Transaction,
  by: Principal,
  request: TokenRequest,
): Promise<(Token & { secret: string }) | Refusal> {
  const maker = await makerOf(tx, by);
  const refused = decideToken(by, request, maker.expiresAt);
  if (refused) return refused;
  const id = uuid();
  const secret = makeSecret("tcn_");
  const { name, cidrs, now } = request;
  const permissions = [...new Set(request.permissions)];
  const expiresAt = request.expiresAt ?? maker.expiresAt;
  await tx
    .insertInto("api_tokens")
    .values({
      id,
      name,
      permissions,
      cidrs,
      token_hash: hashSecret(secret),
      created_by: maker.userId,
      made_by_token: maker.tokenId,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  const data = { name, permissions, cidrs, expiresAt };
  await audit(tx, by, { action: "api_token.created", target: { type: "api_token", id }, data });
  return { ...(await selectTokens(tx).where("id", "=", id).executeTakeFirstOrThrow()), secret };
}

/** The user and token that the new token depends on. */
async function makerOf(tx: Transaction, { actor, userId }: Principal) {
  const token =
    actor.type === "token" &&
    (await tx
      .selectFrom("api_tokens")
      .select(["id as tokenId", "created_by as userId", "expires_at as expiresAt"])
      .where("id", "=", actor.id)
      .executeTakeFirstOrThrow());
  return token || { tokenId: null, userId, expiresAt: null };
}

/** At most `count` tokens that are not revoked, after the one with the id `after`, oldest first. */
export function listTokens(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<Token[]> {
  const tokens = selectTokens(db).orderBy("id").limit(count);
  return (after === null ? tokens : tokens.where("id", ">", after)).execute();
}

/** Revokes a token and all tokens created with it, since a thief may have created some. */
export async function revokeToken(
  tx: Transaction,
  by: Principal,
  { id, now }: { id: string; now: Date },
): Promise<Refusal | null> {
  const { rows } = await sql<{ id: string; name: string }>`
    with recursive family as (
      select id from api_tokens where id = ${id} and revoked_at is null
      union select api_tokens.id from api_tokens join family on made_by_token = family.id
    )
    update api_tokens set revoked_at = ${now}
    where id in (select id from family) and revoked_at is null
    returning id, name`.execute(tx);
  if (rows.length === 0) return { refused: "not_found", why: "There is no such API token." };
  for (const token of rows) {
    const target = { type: "api_token", id: token.id };
    await audit(tx, by, { action: "api_token.revoked", target, data: { name: token.name } });
  }
  return null;
}

/** An API token without its secret, which is not stored. */
export interface Token {
  id: string;
  name: string;
  permissions: Permission[];
  cidrs: string[];
  /** The user who created it, directly or with a token; null for the command line. */
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** The base query of tokens that are not revoked. */
function selectTokens(db: Kysely<Tables>) {
  return db
    .selectFrom("api_tokens")
    .select(["id", "name", "permissions", "cidrs", "created_by as createdBy", "created_at as createdAt"])
    .select(["expires_at as expiresAt", "last_used_at as lastUsedAt"])
    .where("revoked_at", "is", null);
}
