import { sql } from "kysely";
import type { Transaction } from "../../../db/transaction.ts";
import { secretPurpose, tokenPurpose, webhookPurpose } from "../purposes.ts";
import type { Vault } from "../../../secrets/vault.ts";

const appSecrets = ["client_secret", "signing_secret", "previous_signing_secret", "app_token"] as const;

/**
 * Seals every secret of the database anew: all of them, or none if one doesn't open. Gives back how many. The
 * tables are locked, so that no secret comes in meanwhile that the old key has sealed.
 */
export async function resealAll(tx: Transaction, { from, to }: { from: Vault; to: Vault }): Promise<number> {
  const anew = (sealed: Buffer, purpose: string) => to.seal(from.unseal(sealed, purpose), purpose);
  await sql`lock table slack_app, installations, webhooks, slack_unverified, slack_installs
    in exclusive mode`.execute(tx);
  // What waits there for minutes, to be tried or confirmed, isn't worth a new seal.
  await tx.deleteFrom("slack_unverified").execute();
  await tx.deleteFrom("slack_installs").execute();
  const ofApp = await resealApp(tx, anew);
  const installations = await tx
    .selectFrom("installations")
    .select(["id", "bot_token", "enterprise_id as enterpriseId", "team_id as teamId"])
    .execute();
  for (const { id, bot_token, ...where } of installations) {
    const set = { bot_token: anew(bot_token, tokenPurpose(where)) };
    await tx.updateTable("installations").set(set).where("id", "=", id).execute();
  }
  const webhooks = await tx
    .selectFrom("webhooks")
    .select(["destination_id as id", "headers", "secret"])
    .execute();
  for (const { id, headers, secret } of webhooks) {
    const set = {
      headers: anew(headers, webhookPurpose("headers", id)),
      secret: anew(secret, webhookPurpose("secret", id)),
    };
    await tx.updateTable("webhooks").set(set).where("destination_id", "=", id).execute();
  }
  return ofApp + installations.length + 2 * webhooks.length;
}

async function resealApp(
  tx: Transaction,
  anew: (sealed: Buffer, purpose: string) => Buffer,
): Promise<number> {
  const app = await tx.selectFrom("slack_app").select(appSecrets).executeTakeFirst();
  let count = 0;
  for (const column of appSecrets) {
    const sealed = app?.[column];
    if (!sealed) continue;
    await tx
      .updateTable("slack_app")
      .set({ [column]: anew(sealed, purposeOf(column)) })
      .execute();
    count++;
  }
  return count;
}

/** The secret before is kept as it stood, under the seal of the present one's column. */
function purposeOf(column: (typeof appSecrets)[number]): string {
  return secretPurpose(column === "previous_signing_secret" ? "signing_secret" : column);
}
