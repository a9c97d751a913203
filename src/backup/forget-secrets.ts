import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Transaction } from "../db/transaction.ts";
import { sealAll } from "../deliver/events/sealed.ts";
import { tokenPurpose, type Vault } from "../secrets/vault.ts";

/**
 * Removes all secrets that were sealed with a key which is not here, and returns what has to be entered again, in words
 * for people. Where a secret can't be missing, a value takes its place that nobody accepts; a destination with such
 * values is switched off.
 */
export async function forgetSecrets(tx: Transaction, vault: Vault): Promise<string[]> {
  return [
    ...(await forgetApp(tx)),
    ...(await forgetTokens(tx, vault)),
    ...(await forgetDestinations(tx, vault)),
    ...(await forgetSourceKeys(tx)),
    ...(await forgetStreams(tx)),
    ...(await forgetTotps(tx)),
  ];
}

const appSecrets = {
  client_secret: "the Client Secret of the Slack app",
  signing_secret: "the Signing Secret of the Slack app",
  app_token: "the App-Level Token of the Slack app",
} as const;

async function forgetApp(tx: Transaction): Promise<string[]> {
  const app = await tx
    .selectFrom("slack_app")
    .select(["client_secret", "signing_secret", "app_token"])
    .executeTakeFirst();
  const none = { client_secret: null, signing_secret: null, previous_signing_secret: null, app_token: null };
  await tx.updateTable("slack_app").set(none).execute();
  const names = ["signing_secret", "client_secret", "app_token"] as const;
  return names.filter((name) => app?.[name]).map((name) => appSecrets[name]);
}

async function forgetTokens(tx: Transaction, vault: Vault): Promise<string[]> {
  const installations = await tx
    .selectFrom("installations")
    .select(["id", "enterprise_id as enterpriseId", "team_id as teamId", "enterprise_name", "team_name"])
    .execute();
  for (const { id, ...owner } of installations) {
    const bot_token = vault.seal(`xoxb-${worthless()}`, tokenPurpose(owner));
    await tx.updateTable("installations").set({ bot_token }).where("id", "=", id).execute();
  }
  return installations.map(
    ({ enterprise_name, team_name }) => `the bot token of ${team_name ?? enterprise_name ?? "the workspace"}`,
  );
}

async function forgetDestinations(tx: Transaction, vault: Vault): Promise<string[]> {
  const destinations = await tx
    .selectFrom("destinations")
    .select(["id", "display_name as name", "sealed", "deleted_at"])
    .where("sealed", "!=", sql<Record<string, string>>`'{}'`)
    .orderBy("display_name")
    .execute();
  for (const { id, sealed } of destinations) {
    const values = Object.fromEntries(Object.keys(sealed).map((secret) => [secret, standIn(secret)]));
    const set = { sealed: JSON.stringify(sealAll(vault, id, values)), enabled: false };
    await tx.updateTable("destinations").set(set).where("id", "=", id).execute();
  }
  return destinations
    .filter(({ deleted_at }) => deleted_at === null)
    .map(
      ({ name, sealed }) =>
        `${Object.keys(sealed).map(said).join(", ")} of the destination “${name}”, which is off until then`,
    );
}

/** A value of the form that the secret has to have. The host can't exist (RFC 2606). */
function standIn(secret: string): unknown {
  if (/url$/i.test(secret)) return "https://enter-again.invalid/";
  return secret === "headers" ? {} : worthless();
}

/** `routingKey` as "routing key", `webhookUrl` as "webhook URL". */
function said(name: string): string {
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.replace(/\burl\b/, "URL");
}

async function forgetSourceKeys(tx: Transaction): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with forgotten as (update source_keys set sealed = null where sealed is not null returning source_id)
    select distinct s.name from forgotten f join sources s on s.id = f.source_id order by s.name`.execute(tx);
  return rows.map(({ name }) => `a new key for the source “${name}”, whose tool signs with it`);
}

async function forgetStreams(tx: Transaction): Promise<string[]> {
  const gone = await tx.deleteFrom("audit_streams").returning("kind").execute();
  return gone.map(({ kind }) => `where the audit log is sent by ${kind}`);
}

async function forgetTotps(tx: Transaction): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    with forgotten as (delete from totps returning user_id)
    select email from forgotten f join users u on u.id = f.user_id order by email`.execute(tx);
  return rows.map(({ email }) => `the authenticator app of ${email}`);
}

const worthless = () => randomBytes(16).toString("hex");
