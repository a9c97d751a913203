import { sql } from "kysely";
import type { Transaction } from "../../db/transaction.ts";

/**
 * Makes sure that a channel has its line, with the fault that was just seen there or without one. Gives back
 * the line's key. A line in use keeps its rate.
 */
export async function standLine(
  tx: Transaction,
  line: { installationId: string; channelId: string; fault: string | null },
): Promise<string> {
  const { installationId, channelId, fault } = line;
  const key = `${installationId}:${channelId}`;
  await sql`
    insert into lines (key, installation_id, channel_id, fault, fault_since)
    values (${key}, ${installationId}, ${channelId}, ${fault}, case when ${fault}::text is null then null else now() end)
    on conflict (key) do update set fault = excluded.fault, fault_since = excluded.fault_since,
      faults_in_a_row = 0,
      open_at = case when excluded.fault is null then now() else lines.open_at end
    where lines.fault is distinct from excluded.fault`.execute(tx);
  return key;
}
