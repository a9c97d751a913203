import { sql } from "kysely";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";
import { retryChangesNow } from "../../outbox/changes.ts";
import { retryNow } from "../../outbox/deliveries.ts";
import { makeSecret } from "../../people/principal.ts";
import { type Vault, webhookPurpose } from "../../secrets/vault.ts";
import { decideHeaders } from "./settings.ts";
import { unsealHeaders } from "./webhook-access.ts";

/**
 * The settings of a webhook. In a change, absent fields, an empty secret and empty header values stay as they
 * are.
 */
export interface WebhookSettings {
  url?: string | undefined;
  headers?: Record<string, string> | undefined;
  secret?: string | undefined;
  changes?: boolean | undefined;
}

/** Inserts a webhook and its line. Returns the signing secret if it was generated, to be shown once. */
export async function createWebhook(
  tx: Transaction,
  vault: Vault,
  { id, input }: { id: string; input: WebhookSettings & { url: string; headers: Record<string, string> } },
): Promise<{ secret: string | null }> {
  const generated = input.secret ? null : makeSecret("whsec_");
  await tx
    .insertInto("webhooks")
    .values({
      destination_id: id,
      url: input.url,
      ...sealHeaders(vault, id, input.headers),
      secret: vault.seal(input.secret || generated || "", webhookPurpose("secret", id)),
      changes_since: input.changes ? sql<Date>`now()` : null,
    })
    .execute();
  await sql`
    insert into lines (key, destination_type)
    select line, type from destinations where id = ${id}`.execute(tx);
  return { secret: generated };
}

/** Changes a webhook and opens its line, because the change may have fixed what held it. */
export async function changeWebhook(
  tx: Transaction,
  vault: Vault,
  { id, change }: { id: string; change: WebhookSettings },
): Promise<Refusal | null> {
  const headers = change.headers && decideHeaders(change.headers, await storedHeaders(tx, vault, id));
  if (isRefusal(headers)) return headers;
  const set = {
    ...(change.url !== undefined && { url: change.url }),
    ...(headers && sealHeaders(vault, id, headers)),
    ...(change.secret && { secret: vault.seal(change.secret, webhookPurpose("secret", id)) }),
    ...(change.changes !== undefined && {
      // A webhook that gets changes already keeps its start time.
      changes_since: change.changes ? sql<Date>`coalesce(changes_since, now())` : null,
    }),
  };
  if (Object.keys(set).length === 0) return null;
  await tx.updateTable("webhooks").set(set).where("destination_id", "=", id).execute();
  await openLine(tx, id);
  return null;
}

function sealHeaders(vault: Vault, id: string, headers: Record<string, string>) {
  return {
    header_names: Object.keys(headers),
    headers: vault.seal(JSON.stringify(headers), webhookPurpose("headers", id)),
  };
}

async function storedHeaders(tx: Transaction, vault: Vault, id: string): Promise<Record<string, string>> {
  const { headers } = await tx
    .selectFrom("webhooks")
    .select("headers")
    .where("destination_id", "=", id)
    .executeTakeFirstOrThrow();
  return unsealHeaders(vault, id, headers);
}

async function openLine(tx: Transaction, id: string): Promise<void> {
  const line = sql`(select line from destinations where id = ${id})`;
  const which = { where: sql`d.line = ${line}` };
  await sql`
    update lines set fault = null, fault_since = null, faults_in_a_row = 0, open_at = now()
    where key = ${line}`.execute(tx);
  await retryNow(which).execute(tx);
  await retryChangesNow(which).execute(tx);
}
