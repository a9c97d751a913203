import type { KeyObject } from "node:crypto";
import type { Config } from "../config.ts";
import type { Database } from "../db/connect.ts";
import { transaction } from "../db/transaction.ts";
import { audit } from "../people/audit.ts";
import type { Principal } from "../people/principal.ts";
import { fits, readCheck, writeCheck } from "../setup/secrets/key-check.ts";
import { makeKeyFile, takeNextKey } from "../setup/secrets/key-file.ts";
import { loadKey } from "./load-key.ts";
import { openVault } from "./vault.ts";
import { resealAll } from "../setup/secrets/rotation/reseal-all.ts";

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
