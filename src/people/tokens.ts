import { v7 as uuid } from "uuid";
import type { Refusal } from "../alert/refusal.ts";
import type { Transaction } from "../db/transaction.ts";
import { audit } from "./audit.ts";
import type { Principal } from "./principal.ts";
import { hashSecret, makeSecret } from "./secret.ts";
import { decideToken, type TokenWish } from "./tokens/decide-token.ts";
import { selectTokens, type Token } from "./tokens/token.ts";

/** Makes an API token. Its secret is in this answer only. One made with a token ends with that token. */
export async function createToken(
  tx: Transaction,
  by: Principal,
  wish: TokenWish,
): Promise<(Token & { secret: string }) | Refusal> {
  const maker = await makerOf(tx, by);
  const refused = decideToken(by, wish, maker.expiresAt);
  if (refused) return refused;
  const id = uuid();
  const secret = makeSecret("tcn_");
  const { name, cidrs, now } = wish;
  const permissions = [...new Set(wish.permissions)];
  const expiresAt = wish.expiresAt ?? maker.expiresAt;
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

/** Whose loss of rights the new token shares. */
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
