import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Database } from "../db/connect.ts";
import { notify } from "../db/notify.ts";
import type { Tables } from "../db/tables/tables.ts";
import { secretPurpose, unverifiedPurpose, type Vault } from "../secrets/vault.ts";
import { parseJson } from "../slack/request/origin.ts";
import { type SignatureCheck, verifySignature } from "../slack/verify-signature.ts";

type Signed = Omit<Parameters<typeof verifySignature>[0], "secret">;

/** A signature is valid for this long, so after it nothing signed with the old secret can arrive. */
const overlapMs = 5 * 60_000;

/**
 * Whether Slack signed this request with the current or the previous secret. After the first request signed with the
 * current one, the previous one is accepted for five more minutes.
 */
export async function checkSignature(
  { db, vault }: { db: Database; vault: Vault },
  request: Signed,
): Promise<SignatureCheck> {
  const app = await db.kysely
    .selectFrom("slack_app")
    .select([
      "signing_secret",
      "previous_signing_secret as previous",
      "previous_signing_secret_until as until",
    ])
    .executeTakeFirst();
  const unseal = (sealed: Buffer) => vault.unseal(sealed, secretPurpose("signing_secret"));
  const secret = app?.signing_secret ? unseal(app.signing_secret) : "";
  const check = await verifySignature({ ...request, secret });
  if (!app?.previous || !app.until || app.until <= request.now) return check;
  if (check.ok) {
    const end = new Date(request.now.getTime() + overlapMs);
    if (app.until > end) await endPrevious(db, end);
    return check;
  }
  return check.why === "mismatch" ? verifySignature({ ...request, secret: unseal(app.previous) }) : check;
}

async function endPrevious({ kysely }: Database, end: Date): Promise<void> {
  await kysely
    .updateTable("slack_app")
    .set({ previous_signing_secret_until: end })
    .where("previous_signing_secret_until", ">", end)
    .execute();
}

/** Slack's first requests are far smaller. */
export const maxKeptBytes = 64 * 1024;
/** Anybody can send requests here, so they must neither fill the disk nor cost a write each. */
const maxKept = 5;

export interface Unverified {
  at: Date;
  timestamp: string;
  signature: string;
  rawBody: string;
}

/**
 * Stores an unverified request, sealed, for an hour, to check a signing secret that is typed later against it. Keeps
 * the newest five and takes at most one a second.
 */
export async function keepUnverified(
  { db, vault }: { db: Database; vault: Vault },
  { at, timestamp, signature, rawBody }: Omit<Unverified, "rawBody"> & { rawBody: Buffer },
): Promise<void> {
  const id = uuidv7();
  const sealed = vault.seal(rawBody.toString("utf8"), unverifiedPurpose(id));
  const { rows } = await sql`
    insert into slack_unverified (id, at, timestamp, signature, body)
    select ${id}, ${at}, ${timestamp.slice(0, 20)}, ${signature.slice(0, 100)}, ${sealed}
    where not exists (select from slack_unverified where at > ${at}::timestamptz - interval '1 second')
    returning 1`.execute(db.kysely);
  if (rows.length === 0) return;
  await deleteOldUnverified(db.kysely);
  await notify(db.kysely, { settings: "slack-app" });
}

async function deleteOldUnverified(db: Database["kysely"]): Promise<void> {
  await sql`
    delete from slack_unverified where at < now() - interval '1 hour'
      or id not in (select id from slack_unverified order by at desc limit ${maxKept})`.execute(db);
}

/** The unverified requests of the last hour, newest first. */
export async function readUnverified({ db, vault }: { db: Database; vault: Vault }): Promise<Unverified[]> {
  const { rows } = await sql<Omit<Unverified, "rawBody"> & { id: string; body: Buffer }>`
    select id, at, timestamp, signature, body from slack_unverified
    where at > now() - interval '1 hour' order by at desc`.execute(db.kysely);
  return rows.map(({ id, body, ...row }) => ({ ...row, rawBody: vault.unseal(body, unverifiedPurpose(id)) }));
}

const appIdShape = z.object({ api_app_id: z.string() });

/** The app id in the body of a Slack request, JSON or form; null if it has none. */
export function sendingApp(rawBody: string): string | null {
  if (rawBody.startsWith("{")) return appIdOf(parseJson(rawBody));
  const form = new URLSearchParams(rawBody);
  const payload = form.get("payload");
  return payload === null ? form.get("api_app_id") : appIdOf(parseJson(payload));
}

function appIdOf(body: unknown): string | null {
  return appIdShape.safeParse(body).data?.api_app_id ?? null;
}

/** When the last requests arrived: verified ones, and unverified ones of the last hour. */
export interface LastRequests {
  verifiedAt: Date | null;
  unverifiedAt: Date | null;
}

export async function lastRequests(db: Kysely<Tables>): Promise<LastRequests> {
  const { rows } = await sql<LastRequests>`
    select (select max(received_at) from slack_inbox) as "verifiedAt",
      (select max(at) from slack_unverified where at > now() - interval '1 hour') as "unverifiedAt"`.execute(
    db,
  );
  return rows[0] ?? { verifiedAt: null, unverifiedAt: null };
}
