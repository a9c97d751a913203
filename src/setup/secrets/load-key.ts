import type { KeyObject } from "node:crypto";
import { z } from "zod";
import type { Config } from "../../config.ts";
import type { Database } from "../../db/connect.ts";
import { keyFile, makeKeyFile, readKeyFile } from "./key-file.ts";
import { openVault } from "./vault.ts";

type Settings = Pick<Config, "secretKey" | "dataDir">;

/** A row that only the right key opens; the first start writes it. */
const check = "key_check";

/**
 * The key of this database's secrets: SECRET_KEY, else the file in DATA_DIR, which a first start makes. Throws
 * with what to do if it is missing, or isn't the one that the secrets were encrypted with.
 */
export async function loadKey({ kysely }: Pick<Database, "kysely">, settings: Settings): Promise<KeyObject> {
  const stored = await readCheck(kysely);
  const key = settings.secretKey ?? (await readKeyFile(settings.dataDir));
  if (!key && stored) throw new Error(missing(settings));
  const used = key ?? (await makeKeyFile(settings.dataDir));
  await writeCheck(kysely, used);
  // Read again: of nodes that start together with different keys only one has written it.
  if (!fits(used, await readCheck(kysely))) throw new Error(misfit(settings));
  return used;
}

async function readCheck(kysely: Database["kysely"]): Promise<string | undefined> {
  const row = await kysely
    .selectFrom("settings")
    .select("value")
    .where("name", "=", check)
    .executeTakeFirst();
  return row && z.string().parse(row.value);
}

async function writeCheck(kysely: Database["kysely"], key: KeyObject): Promise<void> {
  const value = JSON.stringify(openVault(key).seal("tocsin", check).toString("base64"));
  await kysely
    .insertInto("settings")
    .values({ name: check, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function fits(key: KeyObject, stored: string | undefined): boolean {
  try {
    return openVault(key).unseal(Buffer.from(stored ?? "", "base64"), check) === "tocsin";
  } catch {
    return false;
  }
}

function missing({ dataDir }: Settings): string {
  return `This database holds secrets, and their key is missing: put ${keyFile(dataDir)} back from a back-up, or set SECRET_KEY to the key that was used.`;
}

function misfit({ secretKey, dataDir }: Settings): string {
  const which = secretKey ? "SECRET_KEY" : `The key in ${keyFile(dataDir)}`;
  return `${which} doesn't fit this database: its secrets were encrypted with another key. Start with that one.`;
}
