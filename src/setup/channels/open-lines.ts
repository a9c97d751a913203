import { sql } from "kysely";
import type { Transaction } from "../../db/transaction.ts";

/**
 * Takes the fault off the line of a channel, or without one off all lines of the installation, so that what
 * waits there goes out at once. Gives back how many lines had one.
 */
export async function openLines(
  tx: Transaction,
  { installationId, channelId = null }: { installationId: string; channelId?: string | null },
): Promise<number> {
  const opened = await sql`
    update lines set fault = null, fault_since = null, faults_in_a_row = 0, open_at = now()
    where installation_id = ${installationId} and channel_id = coalesce(${channelId}, channel_id)
      and fault is not null`.execute(tx);
  return Number(opened.numAffectedRows ?? 0);
}
