import { sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";
import { audit } from "../audit.ts";
import type { Principal } from "../principal.ts";

/** Revokes a token for good, and those that were made with it: whoever stole it may have made some. */
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
