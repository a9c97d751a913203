import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import type { Vault } from "../../secrets/vault.ts";
import { maskedUrl } from "./fields.ts";
import { sealAll } from "./sealed.ts";

/**
 * Seals the addresses of Custom Webhooks that a node of the previous version stored in plain text. Runs at each start; the
 * next release drops it, together with `addressOf`'s look at plain settings.
 */
export async function sealAddresses(db: Pick<Database, "kysely">, vault: Vault): Promise<void> {
  await transaction(db, async (tx) => {
    const { rows } = await sql<{ id: string; url: string }>`
      select id, settings ->> 'url' as url from destinations
      where type = 'custom-webhook' and settings ? 'url' order by id for update`.execute(tx);
    for (const { id, url } of rows) {
      const sealed = JSON.stringify(sealAll(vault, id, { url }));
      const shown = JSON.stringify({ hints: { url: maskedUrl(url) } });
      await sql`
        update destinations set settings = (settings - 'url') || ${shown}::jsonb, sealed = sealed || ${sealed}::jsonb
        where id = ${id}`.execute(tx);
    }
  });
}
