import type { KeyObject } from "node:crypto";
import type { Config } from "../config.ts";
import type { Database } from "../db/connect.ts";
import { fits, readCheck, writeCheck } from "../setup/secrets/key-check.ts";
import { keyFile, makeKeyFile, readKeyFile, takeNextKey } from "../setup/secrets/key-file.ts";

type Settings = Pick<Config, "secretKey" | "dataDir">;

/**
 * The key of this database's secrets: SECRET_KEY, else the file in DATA_DIR, which a first start makes. Throws
 * with what to do if it is missing, or isn't the one that the secrets were encrypted with.
 */
export async function loadKey({ kysely }: Pick<Database, "kysely">, settings: Settings): Promise<KeyObject> {
  const stored = await readCheck(kysely);
  const key = settings.secretKey ?? (await fromFile(settings.dataDir, stored));
  if (!key && stored) throw new Error(missing(settings));
  const used = key ?? (await makeKeyFile(settings.dataDir));
  await writeCheck(kysely, used, "if-none");
  // Read again: of nodes that start together with different keys only one has written it.
  if (!fits(used, await readCheck(kysely))) throw new Error(misfit(settings));
  return used;
}

/** A rotation that ended between its commit and the change of files left the key that fits beside the old one. */
async function fromFile(dataDir: string, stored: string | undefined): Promise<KeyObject | undefined> {
  const key = await readKeyFile(dataDir);
  if (stored === undefined || (key && fits(key, stored))) return key;
  const next = await readKeyFile(dataDir, "next");
  if (!next || !fits(next, stored)) return key;
  await takeNextKey(dataDir);
  return next;
}

function missing({ dataDir }: Settings): string {
  return `This database holds secrets, and their key is missing: put ${keyFile(dataDir)} back from a back-up, or set SECRET_KEY to the key that was used.`;
}

function misfit({ secretKey, dataDir }: Settings): string {
  const which = secretKey ? "SECRET_KEY" : `The key in ${keyFile(dataDir)}`;
  return `${which} doesn't fit this database: its secrets were encrypted with another key. Start with that one.`;
}
