import { sql } from "kysely";
import { systemActor } from "../../alert/actor.ts";
import type { Transaction } from "../../db/transaction.ts";
import { record } from "../../history/append.ts";

/** An alert was closed while somebody is still asked about it: the question stays open, and that is said. */
export async function tellStillOpen(tx: Transaction, alertId: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select k.name from boomerangs b join boomerang_asks k on k.boomerang_id = b.id
    where b.alert_id = ${alertId} and b.state = 'open' and k.state in ('waiting', 'sent') order by k.id`.execute(
    tx,
  );
  if (rows.length === 0) return;
  const event = { kind: "boomerang_still_open", data: { to: rows.map(({ name }) => name) } } as const;
  await record(tx, { alertId, event, actor: systemActor, via: "system" });
}
