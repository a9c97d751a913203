import { sql } from "kysely";
import type { Transaction } from "../../db/transaction.ts";
import { appFaults } from "../../slack/client/is-app-fault.ts";

/**
 * The app works again: its faults go off all its lines, and what waits goes out at once. What is wrong with a
 * channel itself stays until the channel is seen to work.
 */
export async function openLines(tx: Transaction, installationId: string): Promise<void> {
  const ofApp = sql`(fault = any(${appFaults}) or fault like 'http\\_%')`;
  await sql`
    update lines set faults_in_a_row = 0, open_at = now(),
      fault = case when ${ofApp} then null else fault end,
      fault_since = case when ${ofApp} then null else fault_since end
    where installation_id = ${installationId} and fault is not null`.execute(tx);
}
