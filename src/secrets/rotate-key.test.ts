import { createSecretKey, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { transaction } from "../db/transaction.ts";
import { createUser } from "../people/change-user.ts";
import { totpPurpose } from "../people/factors/totp.ts";
import { commandLine } from "../people/principal.ts";
import { seedRoles } from "../people/roles.ts";
import { loadKey, makeKeyFile, writeCheck } from "./load-key.ts";
import { resealAll, rotateKey } from "./rotate-key.ts";
import { openVault, secretPurpose } from "./vault.ts";

const { db } = await openTestDatabase();
let dataDir: string;

beforeEach(async () => {
  await db.kysely.deleteFrom("settings").execute();
  await db.kysely.deleteFrom("slack_app").execute();
  dataDir = await mkdtemp(join(tmpdir(), "tocsin-rotation-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

const inFile = () => ({ secretKey: undefined, dataDir });
const rotate = (more: Partial<Parameters<typeof rotateKey>[1]> = {}) =>
  rotateKey(db, { settings: inFile(), newKey: undefined, by: commandLine, ...more });

/** The vault as the next start opens it. */
const vault = async () => openVault(await loadKey(db, inFile()));

async function storeSigningSecret() {
  const signing_secret = (await vault()).seal("shh", secretPurpose("signing_secret"));
  await db.kysely.insertInto("slack_app").values({ mode: "http", signing_secret }).execute();
}
async function signingSecret() {
  const { signing_secret } = await db.kysely
    .selectFrom("slack_app")
    .select("signing_secret")
    .executeTakeFirstOrThrow();
  return (await vault()).unseal(signing_secret ?? Buffer.alloc(0), secretPurpose("signing_secret"));
}

test("after a rotation only the new key opens the secrets", async () => {
  const old = await loadKey(db, inFile());
  await storeSigningSecret();
  expect(await rotate()).toBe(1);
  expect(await signingSecret()).toBe("shh");
  expect((await loadKey(db, inFile())).equals(old)).toBe(false);
  expect(await readdir(dataDir)).toEqual(["secret.key"]);
});

test("a rotation keeps the authenticator apps of users working", async () => {
  await seedRoles(db.kysely);
  const ada = await transaction(db, (tx) =>
    createUser(tx, commandLine, { email: "ada@example.com", name: "Ada", role: "Admin" }),
  );
  const id = "id" in ada ? ada.id : "";
  const sealed = (await vault()).seal("JBSWY3DPEHPK3PXP", totpPurpose(id));
  await db.kysely.insertInto("totps").values({ user_id: id, sealed, created_at: new Date() }).execute();
  expect(await rotate()).toBe(1);
  const totp = await db.kysely.selectFrom("totps").select("sealed").executeTakeFirstOrThrow();
  expect((await vault()).unseal(totp.sealed, totpPurpose(id))).toBe("JBSWY3DPEHPK3PXP");
  await db.kysely.deleteFrom("users").execute();
});

test("a rotation that dies before its commit changes nothing", async () => {
  await storeSigningSecret();
  const old = await loadKey(db, inFile());
  const next = await makeKeyFile(dataDir, "next");
  const dying = transaction(db, async (tx) => {
    await resealAll(tx, { from: openVault(old), to: openVault(next) });
    await writeCheck(tx, next, "over-another");
    throw new Error("killed");
  });
  await expect(dying).rejects.toThrow("killed");
  expect(await signingSecret()).toBe("shh");
  expect(await rotate()).toBe(1);
  expect(await signingSecret()).toBe("shh");
});

test("the next start finishes a rotation that died after its commit", async () => {
  await storeSigningSecret();
  const old = await loadKey(db, inFile());
  const next = await makeKeyFile(dataDir, "next");
  await transaction(db, async (tx) => {
    await resealAll(tx, { from: openVault(old), to: openVault(next) });
    await writeCheck(tx, next, "over-another");
  });
  expect((await loadKey(db, inFile())).equals(next)).toBe(true);
  expect(await signingSecret()).toBe("shh");
  expect(await readdir(dataDir)).toEqual(["secret.key"]);
});

test("with SECRET_KEY a rotation needs NEW_SECRET_KEY and works once", async () => {
  const [secretKey, newKey] = [createSecretKey(randomBytes(32)), createSecretKey(randomBytes(32))];
  const settings = { secretKey, dataDir };
  await loadKey(db, settings);
  await expect(rotate({ settings })).rejects.toThrow("NEW_SECRET_KEY");
  expect(await rotate({ settings, newKey })).toBe(0);
  await expect(rotate({ settings, newKey })).rejects.toThrow("already encrypted with the new key");
  await expect(loadKey(db, settings)).rejects.toThrow("doesn't match this database");
  expect((await loadKey(db, { secretKey: newKey, dataDir })).equals(newKey)).toBe(true);
});

test("the rotation covers every column with sealed data", async () => {
  // Kept bodies are compressed and without secrets, the audit log's hashes are none, and the keys of passkeys are public.
  const { rows } = await sql<{ column: string }>`
    select table_name || '.' || column_name as column from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea' and column_name not like '%_hash'
      and column_name not in ('dedup_key', 'public_key')
      and table_name not in ('source_bodies', 'audit_chain', 'audit_head')
    order by 1`.execute(db.kysely);
  expect(rows.map(({ column }) => column)).toEqual([
    "installations.bot_token",
    "sessions.id_token",
    "slack_app.app_token",
    "slack_app.client_secret",
    "slack_app.previous_signing_secret",
    "slack_app.signing_secret",
    "slack_installs.token",
    "slack_unverified.body",
    "source_keys.sealed",
    "totps.sealed",
  ]);
});
