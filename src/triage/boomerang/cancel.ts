import { sql } from "kysely";
import type { Actor, Via } from "../../alert/actor.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";
import { record } from "../../history/append.ts";
import { lockBoomerang } from "./lock-boomerang.ts";

/** Takes an open question back; what was answered so far stays. */
export async function cancel(
  tx: Transaction,
  boomerangId: string,
  by: { actor: Actor; via: Via },
): Promise<Refusal | "cancelled"> {
  const found = await lockBoomerang(tx, boomerangId);
  if (!found) return { refused: "not_found", why: "There is no such Boomerang." };
  if (found.state !== "open")
    return { refused: "conflict", why: `This Boomerang is ${found.state} already.` };
  const { alertId, cardId, unanswered: to } = found;
  await sql`
    update boomerang_asks set state = 'over', update_at = case when ts is not null then now() end,
      send_at = null, remind_at = null
    where boomerang_id = ${boomerangId} and state in ('waiting', 'sent')`.execute(tx);
  await sql`update boomerangs set state = 'cancelled', due_at = null where id = ${boomerangId}`.execute(tx);
  await record(tx, {
    alertId,
    event: { kind: "boomerang_cancelled", data: { boomerangId, cardId, to } },
    ...by,
  });
  return "cancelled";
}
