import { type Kysely, sql } from "kysely";

/**
 * The addresses of Custom Webhooks are secrets now. A migration can't seal: nodes do so when they start
 * (`deliver/events/seal-addresses.ts`). Drops `webhooks`, which holds the addresses in plain text and was only kept for
 * nodes from before migration 33, and takes the addresses out of the audit log.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  drop trigger destinations_to_webhooks on destinations;
  drop table webhooks;
  drop function webhook_to_destination, destination_to_webhook;
  update audit_log set data = data || '{"url": "replaced"}'
    where action = 'destination.changed' and data ? 'url';
`;
