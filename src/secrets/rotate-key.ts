import type { KeyObject } from "node:crypto";
import { sql } from "kysely";
import type { Config } from "../config.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { audit } from "../people/audit.ts";
import type { Principal } from "../people/principal.ts";
import { fits, loadKey, makeKeyFile, readCheck, takeNextKey, writeCheck } from "./load-key.ts";
import { openVault, secretPurpose, tokenPurpose, type Vault, webhookPurpose } from "./vault.ts";

interface Wish {
  settings: Pick<Config, "secretKey" | "dataDir">;
  /** Needed where SECRET_KEY is set: whoever gave it has to have the next one, too, before anything changes. */
  newKey: KeyObject | undefined;
  by: Principal;
}

/**
 * Seals all secrets under a new key, in one transaction. Whenever it dies, the database and the keys at hand
 * fit together: a new key file is on disk before the change, and takes its place after.
 */
export async function rotateKey(db: Database, { settings, newKey, by }: Wish): Promise<number> {
  if (newKey && fits(newKey, await readCheck(db.kysely)))
    throw new Error("The secrets are under the new key already: set SECRET_KEY to it, and start Tocsin.");
  const oldKey = await loadKey(db, settings);
  if (settings.secretKey && !newKey) throw new Error(newKeyMissing);
  const key = newKey ?? (await makeKeyFile(settings.dataDir, "next"));
  const count = await transaction(db, async (tx) => {
    const resealed = await resealAll(tx, { from: openVault(oldKey), to: openVault(key) });
    await writeCheck(tx, key, "over-another");
    await audit(tx, by, { action: "secret_key.rotated", data: { secrets: resealed } });
    return resealed;
  });
  if (!newKey) await takeNextKey(settings.dataDir);
  return count;
}

const newKeyMissing =
  "SECRET_KEY is set, so the next key has to come from you: make one with `openssl rand -base64 32`, keep it, and give it as NEW_SECRET_KEY.";

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
