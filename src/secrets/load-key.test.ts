import { createSecretKey, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { keyFile, loadKey, makeKeyFile } from "./load-key.ts";

const { db } = await openTestDatabase();
let dataDir: string;

beforeEach(async () => {
  await db.kysely.deleteFrom("settings").execute();
  dataDir = await mkdtemp(join(tmpdir(), "tocsin-key-"));
});

afterEach(() => rm(dataDir, { recursive: true }));

const fromFile = () => loadKey(db, { secretKey: undefined, dataDir });
const fromSetting = (secretKey: ReturnType<typeof makeKey>) => loadKey(db, { secretKey, dataDir });
const makeKey = () => createSecretKey(randomBytes(32));

test("the first start creates a private key file, and later starts read it", async () => {
  const made = await fromFile();
  expect((await stat(keyFile(dataDir))).mode & 0o777).toBe(0o600);
  expect((await fromFile()).equals(made)).toBe(true);
});

test("SECRET_KEY overrides the key file and creates none", async () => {
  const key = makeKey();
  expect((await fromSetting(key)).equals(key)).toBe(true);
  await expect(readFile(keyFile(dataDir))).rejects.toThrow("ENOENT");
});

test("a key that doesn't match the database stops the start", async () => {
  await fromSetting(makeKey());
  await expect(fromSetting(makeKey())).rejects.toThrow("SECRET_KEY doesn't match this database");
});

test("a missing key file stops the start and is not replaced", async () => {
  await fromFile();
  await rm(keyFile(dataDir));
  await expect(fromFile()).rejects.toThrow(`restore ${keyFile(dataDir)}`);
  await expect(readFile(keyFile(dataDir))).rejects.toThrow("ENOENT");
});

test("a damaged key file stops the start", async () => {
  await writeFile(keyFile(dataDir), "");
  await expect(fromFile()).rejects.toThrow("contains no valid key");
});

test("a new key that its rotation never committed does not replace another key", async () => {
  await fromSetting(makeKey());
  await makeKeyFile(dataDir);
  await makeKeyFile(dataDir, "next");
  const before = await readFile(keyFile(dataDir), "utf8");
  await expect(fromFile()).rejects.toThrow("doesn't match this database");
  expect(await readFile(keyFile(dataDir), "utf8")).toBe(before);
});

test("one of two nodes that start with different keys stops", async () => {
  const starts = await Promise.allSettled([fromSetting(makeKey()), fromSetting(makeKey())]);
  expect(starts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
