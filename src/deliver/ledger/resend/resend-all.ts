import { sql } from "kysely";
import type { Refusal } from "../../../alert/refusal.ts";
import type { Transaction } from "../../../db/transaction.ts";
import { openLineOf } from "./open-line-of.ts";

/** Has everything wait again that a destination failed to be sent. Gives back how many that are. */
export async function resendAll(tx: Transaction, destinationId: string): Promise<number | Refusal> {
  const line = await openLineOf(tx, destinationId);
  if (typeof line !== "string") return line;
  const { numAffectedRows = 0n } = await sql`
    update deliveries set state = 'waiting', run_at = now(), error = null, shape = 0, line = ${line},
      created_at = now()
    where destination_id = ${destinationId} and state in ('failed', 'not_delivered')`.execute(tx);
  return Number(numAffectedRows);
}
