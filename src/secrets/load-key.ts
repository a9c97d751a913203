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

/** A row that only the right key opens; the first start writes it. */
const check = "key_check";

/** The check as it is stored; undefined before the first start. */
export async function readCheck(db: Kysely<Tables>): Promise<string | undefined> {
  const row = await db.selectFrom("settings").select("value").where("name", "=", check).executeTakeFirst();
  return row && z.string().parse(row.value);
}

/** Writes the check for this key: only where there is none, or over that of another key. */
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
export function fits(key: KeyObject, stored: string | undefined): boolean {
  try {
    return openVault(key).unseal(Buffer.from(stored ?? "", "base64"), check) === "tocsin";
  } catch {
    return false;
  }
}

/** The key in use, or the one that a rotation goes over to. */
type Which = "current" | "next";

/** Where the key lies that nobody has set by SECRET_KEY. */
export function keyFile(dataDir: string, which: Which = "current"): string {
  return join(dataDir, which === "current" ? "secret.key" : "secret.key.next");
}

/** The key in the file; undefined if there is no file. */
async function readKeyFile(dataDir: string, which: Which = "current"): Promise<KeyObject | undefined> {
  const path = keyFile(dataDir, which);
  const text = await readFile(path, "utf8").catch((cause) => {
    if (cause.code === "ENOENT") return undefined;
    throw new Error(`The key file ${path} can't be read`, { cause });
  });
  if (text === undefined) return undefined;
  const key = parseSecretKey(text.trim());
  if (!key) throw new Error(`The key file ${path} holds no key: put it back from a back-up.`);
  return key;
}

/**
 * Makes a key, and its file before anything is encrypted with it: on disk, whole, and readable by this user
 * only.
 */
export async function makeKeyFile(dataDir: string, which: Which = "current"): Promise<KeyObject> {
  const path = keyFile(dataDir, which);
  const bytes = randomBytes(32);
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

/** The next key takes the place of the one that was in use. */
export async function takeNextKey(dataDir: string): Promise<void> {
  await rename(keyFile(dataDir, "next"), keyFile(dataDir));
  await syncFolder(dataDir);
}

/** A rename is on disk once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
