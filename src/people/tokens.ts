import { type Kysely, sql } from "kysely";
import { v7 as uuid } from "uuid";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { audit } from "./audit-log/audit.ts";
import { wantedChanges } from "./audit-log/changes.ts";
import { decideToken, latestExpiry, maxTokenDaysOf, type TokenRequest } from "./check-token.ts";
import { hashSecret, makeSecret, type Principal } from "./principal.ts";

/**
 * Creates an API token; only this answer has its secret. A token created with a token expires with it at the latest, and
 * works from its addresses only.
 */
export async function createToken(
  tx: Transaction,
  by: Principal,
  request: TokenRequest,
): Promise<(Token & { secret: string }) | Refusal> {
  const maker = await makerOf(tx, by);
  const refused = decideToken(by, request, maker);
  if (refused) return refused;
  const id = uuid();
  const secret = makeSecret("tcn_");
  const { name, now } = request;
  const permissions = [...new Set(request.permissions)];
  const cidrs = request.cidrs.length > 0 ? request.cidrs : maker.cidrs;
  const expiresAt = request.expiresAt ?? earliest(maker.expiresAt, latestExpiry(now, maker.maxDays));
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
  const target = { type: "api_token", id } as const;
  const changes = wantedChanges({ name, permissions, cidrs, expiresAt });
  await audit(tx, by, { action: "api_token.created", target, changes });
  return { ...(await selectTokens(tx).where("id", "=", id).executeTakeFirstOrThrow()), secret };
}

/** The earlier of two times, of which null is none. */
function earliest(one: Date | null, other: Date | null): Date | null {
  return one && other ? (one < other ? one : other) : (one ?? other);
}

/** The user and token that the new token depends on, and what limits it. */
async function makerOf(tx: Transaction, { actor, userId }: Principal) {
  const token =
    actor.type === "token" &&
    (await tx
      .selectFrom("api_tokens")
      .select(["id as tokenId", "created_by as userId", "expires_at as expiresAt", "cidrs"])
      .where("id", "=", actor.id)
      .executeTakeFirstOrThrow());
  const maker = token || { tokenId: null, userId, expiresAt: null, cidrs: [] };
  return { ...maker, maxDays: await maxTokenDays(tx) };
}

/** How many days tokens may live; null without a limit. */
export async function maxTokenDays(db: Kysely<Tables>): Promise<number | null> {
  const { rows } = await sql<{ days: number | null }>`select ${maxTokenDaysOf} as days`.execute(db);
  return rows[0]?.days ?? null;
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
  const { rows } = await sql<{ id: string }>`
    with recursive family as (
      select id from api_tokens where id = ${id} and revoked_at is null
      union select api_tokens.id from api_tokens join family on made_by_token = family.id
    )
    update api_tokens set revoked_at = ${now}
    where id in (select id from family) and revoked_at is null
    returning id`.execute(tx);
  if (rows.length === 0) return { refused: "not_found", why: "There is no such API token." };
  await auditRevoked(tx, by, rows);
  return null;
}

/** Revokes all tokens that the user created, directly or with a token. */
export async function revokeTokensOf(
  tx: Transaction,
  by: Principal,
  { userId, now }: { userId: string; now: Date },
): Promise<void> {
  const revoked = await tx
    .updateTable("api_tokens")
    .set({ revoked_at: now })
    .where("created_by", "=", userId)
    .where("revoked_at", "is", null)
    .returning("id")
    .execute();
  await auditRevoked(tx, by, revoked);
}

async function auditRevoked(tx: Transaction, by: Principal, tokens: readonly { id: string }[]) {
  for (const { id } of tokens) {
    const target = { type: "api_token", id } as const;
    await audit(tx, by, { action: "api_token.revoked", target, changes: null });
  }
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
  /** Also by the longest life that tokens may have. */
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** The base query of tokens that are not revoked. */
function selectTokens(db: Kysely<Tables>) {
  return db
    .selectFrom("api_tokens")
    .select(["id", "name", "permissions", "cidrs", "created_by as createdBy", "created_at as createdAt"])
    .select(
      sql<Date | null>`least(expires_at, created_at + make_interval(hours => 24 * ${maxTokenDaysOf}))`.as(
        "expiresAt",
      ),
    )
    .select("last_used_at as lastUsedAt")
    .where("revoked_at", "is", null);
}
