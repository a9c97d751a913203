import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { parseSecretKey } from "../../config.ts";

/** The key in use, or the one that a rotation goes over to. */
type Which = "current" | "next";

/** Where the key lies that nobody has set by SECRET_KEY. */
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
