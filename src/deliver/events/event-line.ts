import { sql } from "kysely";
import type { Transaction } from "../../db/transaction.ts";
import { retryChangesNow } from "../../outbox/changes.ts";
import { retryNow } from "../../outbox/deliveries.ts";

/** A destination and its type's name. */
interface Owner {
  type: string;
  id: string;
}

/** The key of a destination's own line. Those of Custom Webhooks are older than other types. */
export function lineOf({ type, id }: Owner): string {
  return `${type === "custom-webhook" ? "webhook" : type}:${id}`;
}

/** Makes the line of a destination, or opens it, because a change may have fixed what held it. */
export async function openLine(tx: Transaction, owner: Owner): Promise<void> {
  const line = lineOf(owner);
  await sql`
    insert into lines (key, destination_type) values (${line}, ${owner.type})
    on conflict (key) do update set fault = null, fault_since = null, faults_in_a_row = 0, open_at = now()`.execute(
    tx,
  );
  const inLine = { where: sql`d.line = ${line}` };
  await retryNow(inLine).execute(tx);
  await retryChangesNow(inLine).execute(tx);
}

/** Stores the fault that a test met, or null if it was accepted. */
export async function recordLineFault(tx: Transaction, line: string, fault: string | null): Promise<void> {
  await sql`
    update lines set fault = ${fault}, faults_in_a_row = 0, repairs = repairs + 1,
      fault_since = case when ${fault}::text is null then null else now() end,
      open_at = case when ${fault}::text is null then now() else open_at end
    where key = ${line} and fault is distinct from ${fault}`.execute(tx);
}
