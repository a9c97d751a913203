import { sql } from "kysely";
import type { Severity } from "../../alert/severity.ts";
import type { Transaction } from "../../db/transaction.ts";

/**
 * A raised alert moves up in the lines where it still waits, and leaves a digest for a card of its own if it is
 * HIGH or CRITICAL now. Gives back the destinations it already has.
 */
export async function raiseDeliveries(tx: Transaction, alertId: string, to: Severity): Promise<Set<string>> {
  const { rows } = await sql<{ destination_id: string }>`
    update deliveries set severity = ${to}::severity,
      state = case when state = 'digested' and ${to} in ('HIGH', 'CRITICAL') then 'waiting' else state end,
      run_at = case when state = 'digested' then now() else run_at end,
      created_at = case when state = 'digested' then now() else created_at end
    where alert_id = ${alertId}
    returning destination_id`.execute(tx);
  return new Set(rows.map((row) => row.destination_id));
}
