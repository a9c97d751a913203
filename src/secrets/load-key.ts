import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Kysely } from "kysely";
import { z } from "zod";
import { type Config, parseSecretKey } from "../config.ts";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import { openVault } from "./vault.ts";

type Settings = Pick<Config, "secretKey" | "dataDir">;

/**
 * The key of the database's secrets: SECRET_KEY, else the key file in DATA_DIR, which the first start creates. Throws
 * with a remedy if the key is missing or doesn't match the secrets.
 */
export async function loadKey({ kysely }: Pick<Database, "kysely">, settings: Settings): Promise<KeyObject> {
  const stored = await readCheck(kysely);
  const key = settings.secretKey ?? (await fromFile(settings.dataDir, stored));
  if (!key && stored) throw new Error(missing(settings));
  const usedKey = key ?? (await makeKeyFile(settings.dataDir));
  await writeCheck(kysely, usedKey, "if-none");
  // Read it again: if nodes start together with different keys, only one of them has written it.
  if (!keyMatches(usedKey, await readCheck(kysely))) throw new Error(mismatch(settings));
  return usedKey;
}

/** The key file's key. A rotation that died after its commit left the matching key in the `next` file. */
async function fromFile(dataDir: string, stored: string | undefined): Promise<KeyObject | undefined> {
  const key = await readKeyFile(dataDir);
  if (stored === undefined || (key && keyMatches(key, stored))) return key;
  const next = await readKeyFile(dataDir, "next");
  if (!next || !keyMatches(next, stored)) return key;
  await takeNextKey(dataDir);
  return next;
}

function missing({ dataDir }: Settings): string {
  return `The key of this database's secrets is missing: restore ${keyFile(dataDir)} from a backup, or set SECRET_KEY to the key that was used.`;
}

function mismatch({ secretKey, dataDir }: Settings): string {
  const which = secretKey ? "SECRET_KEY" : `The key in ${keyFile(dataDir)}`;
  return `${which} doesn't match this database: its secrets were encrypted with another key. Start with that key.`;
}

/** The setting with a sealed text that only the right key opens; the first start writes it. */
const check = "key_check";

/** The stored check; undefined before the first start. */
export async function readCheck(db: Kysely<Tables>): Promise<string | undefined> {
  const row = await db.selectFrom("settings").select("value").where("name", "=", check).executeTakeFirst();
  return row && z.string().parse(row.value);
}

/** Writes the check for this key: only if there is none, or over another key's check. */
export async function writeCheck(
  db: Kysely<Tables>,
  key: KeyObject,
  how: "if-none" | "over-another",
): Promise<void> {
  const value = JSON.stringify(openVault(key).seal("tocsin", check).toString("base64"));
  await db
    .insertInto("settings")
    .values({ name: check, value })
    .onConflict((conflict) =>
      how === "if-none" ? conflict.doNothing() : conflict.column("name").doUpdateSet({ value }),
    )
    .execute();
}

/** Whether the check was written with this key. */
export function keyMatches(key: KeyObject, stored: string | undefined): boolean {
  try {
    return openVault(key).unseal(Buffer.from(stored ?? "", "base64"), check) === "tocsin";
  } catch {
    return false;
  }
}

/** The key in use, or the new key of a rotation. */
type Which = "current" | "next";

/** The path of the key file, which is used without SECRET_KEY. */
export function keyFile(dataDir: string, which: Which = "current"): string {
  return join(dataDir, which === "current" ? "secret.key" : "secret.key.next");
}

/** The key in the file; undefined if there is no file. */
export async function readKeyFile(dataDir: string, which: Which = "current"): Promise<KeyObject | undefined> {
  const path = keyFile(dataDir, which);
  const text = await readFile(path, "utf8").catch((cause) => {
    if (cause.code === "ENOENT") return undefined;
    throw new Error(`The key file ${path} can't be read`, { cause });
  });
  if (text === undefined) return undefined;
  const key = parseSecretKey(text.trim());
  if (!key) throw new Error(`The key file ${path} contains no valid key: restore it from a backup.`);
  return key;
}

/** Writes a key, a new one unless given, to a file readable by this user only. Returns once it is durably on disk. */
export async function makeKeyFile(
  dataDir: string,
  which: Which = "current",
  bytes: Buffer = randomBytes(32),
): Promise<KeyObject> {
  const path = keyFile(dataDir, which);
  await mkdir(dataDir, { recursive: true });
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${bytes.toString("base64")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  await syncFolder(dataDir);
  return createSecretKey(bytes);
}

/** Makes the next key the current one. */
export async function takeNextKey(dataDir: string): Promise<void> {
  await rename(keyFile(dataDir, "next"), keyFile(dataDir));
  await syncFolder(dataDir);
}

/** A rename is durable once its folder is synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
