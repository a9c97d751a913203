import type { KeyObject } from "node:crypto";
import { sql } from "kysely";
import type { Config } from "../config.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { audit } from "../people/audit-log/audit.ts";
import { totpPurpose } from "../people/factors/totp.ts";
import type { Principal } from "../people/principal.ts";
import { keyMatches, loadKey, makeKeyFile, readCheck, takeNextKey, writeCheck } from "./load-key.ts";
import {
  auditStreamPurpose,
  destinationPurpose,
  openVault,
  secretPurpose,
  sourceKeyPurpose,
  tokenPurpose,
  type Vault,
} from "./vault.ts";

interface RotationRequest {
  settings: Pick<Config, "secretKey" | "dataDir">;
  /** Required if SECRET_KEY is set: the operator must have the new key before anything changes. */
  newKey: KeyObject | undefined;
  by: Principal;
}

/**
 * Seals all secrets with a new key in one transaction and returns how many. The new key's file is on disk before the
 * commit and becomes the current one after it, so a crash at any time leaves a matching key.
 */
export async function rotateKey(db: Database, { settings, newKey, by }: RotationRequest): Promise<number> {
  if (newKey && keyMatches(newKey, await readCheck(db.kysely)))
    throw new Error(
      "The secrets are already encrypted with the new key: set SECRET_KEY to it and start Tocsin.",
    );
  const oldKey = await loadKey(db, settings);
  if (settings.secretKey && !newKey) throw new Error(newKeyMissing);
  const key = newKey ?? (await makeKeyFile(settings.dataDir, "next"));
  const count = await transaction(db, async (tx) => {
    const resealed = await resealAll(tx, { from: openVault(oldKey), to: openVault(key) });
    await writeCheck(tx, key, "over-another");
    await audit(tx, by, {
      action: "secret_key.rotated",
      target: null,
      changes: null,
      data: { secrets: resealed },
    });
    return resealed;
  });
  if (!newKey) await takeNextKey(settings.dataDir);
  return count;
}

const newKeyMissing =
  "SECRET_KEY is set, so you have to provide the new key: create one with `openssl rand -base64 32`, store it safely and set NEW_SECRET_KEY to it.";

const appSecrets = ["client_secret", "signing_secret", "previous_signing_secret", "app_token"] as const;

/**
 * Seals every secret of the database again and returns how many; throws if one doesn't open. The tables are locked, so
 * that no new secret is sealed with the old key meanwhile.
 */
export async function resealAll(tx: Transaction, { from, to }: { from: Vault; to: Vault }): Promise<number> {
  const reseal = (sealed: Buffer, purpose: string) => to.seal(from.unseal(sealed, purpose), purpose);
  await sql`lock table slack_app, installations, destinations, slack_unverified, slack_installs, source_keys, audit_streams,
    totps
    in exclusive mode`.execute(tx);
  // These rows only live for minutes, so they are deleted instead.
  await tx.deleteFrom("slack_unverified").execute();
  await tx.deleteFrom("slack_installs").execute();
  // They only save a question of the identity provider at the sign-out.
  await tx.updateTable("sessions").set({ id_token: null }).where("id_token", "is not", null).execute();
  const appCount = await resealApp(tx, reseal);
  const installations = await tx
    .selectFrom("installations")
    .select(["id", "bot_token", "enterprise_id as enterpriseId", "team_id as teamId"])
    .execute();
  for (const { id, bot_token, ...owner } of installations) {
    const set = { bot_token: reseal(bot_token, tokenPurpose(owner)) };
    await tx.updateTable("installations").set(set).where("id", "=", id).execute();
  }
  const elsewhere =
    (await resealDestinations(tx, reseal)) +
    (await resealSourceKeys(tx, reseal)) +
    (await resealStreams(tx, reseal)) +
    (await resealTotps(tx, reseal));
  return appCount + installations.length + elsewhere;
}

type Reseal = (sealed: Buffer, purpose: string) => Buffer;

async function resealSourceKeys(tx: Transaction, reseal: Reseal): Promise<number> {
  const keys = await tx.selectFrom("source_keys").select(["id", "sealed"]).execute();
  const sealedKeys = keys.flatMap(({ id, sealed }) => (sealed ? [{ id, sealed }] : []));
  for (const { id, sealed } of sealedKeys) {
    const set = { sealed: reseal(sealed, sourceKeyPurpose(id)) };
    await tx.updateTable("source_keys").set(set).where("id", "=", id).execute();
  }
  return sealedKeys.length;
}

async function resealStreams(tx: Transaction, reseal: Reseal): Promise<number> {
  const streams = await tx.selectFrom("audit_streams").select(["kind", "sealed"]).execute();
  let count = 0;
  for (const { kind, sealed } of streams) {
    const resealed = Object.entries(sealed).map(([name, value]) => {
      const bytes = reseal(Buffer.from(value, "base64"), auditStreamPurpose(name, kind));
      return [name, bytes.toString("base64")];
    });
    const set = { sealed: JSON.stringify(Object.fromEntries(resealed)) };
    await tx.updateTable("audit_streams").set(set).where("kind", "=", kind).execute();
    count += resealed.length;
  }
  return count;
}

async function resealTotps(tx: Transaction, reseal: Reseal): Promise<number> {
  const totps = await tx.selectFrom("totps").select(["user_id as userId", "sealed"]).execute();
  for (const { userId, sealed } of totps) {
    const set = { sealed: reseal(sealed, totpPurpose(userId)) };
    await tx.updateTable("totps").set(set).where("user_id", "=", userId).execute();
  }
  return totps.length;
}

async function resealDestinations(tx: Transaction, reseal: Reseal): Promise<number> {
  const destinations = await tx
    .selectFrom("destinations")
    .select(["id", "sealed"])
    .where("sealed", "!=", sql<Record<string, string>>`'{}'`)
    .execute();
  let count = 0;
  for (const { id, sealed } of destinations) {
    const resealed = Object.entries(sealed).map(([name, value]) => {
      const bytes = reseal(Buffer.from(value, "base64"), destinationPurpose(name, id));
      return [name, bytes.toString("base64")];
    });
    const set = { sealed: JSON.stringify(Object.fromEntries(resealed)) };
    await tx.updateTable("destinations").set(set).where("id", "=", id).execute();
    count += resealed.length;
  }
  return count;
}

async function resealApp(tx: Transaction, reseal: Reseal): Promise<number> {
  const app = await tx.selectFrom("slack_app").select(appSecrets).executeTakeFirst();
  let count = 0;
  for (const column of appSecrets) {
    const sealed = app?.[column];
    if (!sealed) continue;
    await tx
      .updateTable("slack_app")
      .set({ [column]: reseal(sealed, purposeOf(column)) })
      .execute();
    count++;
  }
  return count;
}

/** The previous signing secret keeps the purpose under which it was sealed. */
function purposeOf(column: (typeof appSecrets)[number]): string {
  return secretPurpose(column === "previous_signing_secret" ? "signing_secret" : column);
}
