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

/** Slack's signatures are good for so long, so that nothing signed by the old secret can come later. */
const overlapMs = 5 * 60_000;

/**
 * Whether Slack signed this, with the present secret or with the one before. The first request that the new one
 * signed tells that Slack has changed over: the old one then counts for five minutes more.
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
  const check = verifySignature({ ...request, secret });
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

/** Slack's own first requests are far smaller. */
const mostBytes = 64 * 1024;
/** Anybody can send something here: it must neither fill the disk nor cost a write each time. */
const mostKept = 5;

export interface Unverified {
  at: Date;
  timestamp: string;
  signature: string;
  rawBody: string;
}

/**
 * Keeps a request whose signature couldn't be verified, for an hour and sealed: a signing secret that is typed
 * later is tried on it. At most one a second, and the newest few.
 */
export async function keepUnverified(
  { db, vault }: { db: Database; vault: Vault },
  { at, timestamp, signature, rawBody }: Unverified,
): Promise<void> {
  if (Buffer.byteLength(rawBody) > mostBytes) return;
  const id = uuidv7();
  const sealed = vault.seal(rawBody, unverifiedPurpose(id));
  const { rows } = await sql`
    insert into slack_unverified (id, at, timestamp, signature, body)
    select ${id}, ${at}, ${timestamp.slice(0, 20)}, ${signature.slice(0, 100)}, ${sealed}
    where not exists (select from slack_unverified where at > ${at}::timestamptz - interval '1 second')
    returning 1`.execute(db.kysely);
  if (rows.length === 0) return;
  await forgetUnverified(db.kysely);
  await notify(db.kysely, { settings: "slack-app" });
}

async function forgetUnverified(db: Database["kysely"]): Promise<void> {
  await sql`
    delete from slack_unverified where at < now() - interval '1 hour'
      or id not in (select id from slack_unverified order by at desc limit ${mostKept})`.execute(db);
}

/** The requests of the last hour that nobody could verify, newest first. */
export async function readUnverified({ db, vault }: { db: Database; vault: Vault }): Promise<Unverified[]> {
  const { rows } = await sql<Omit<Unverified, "rawBody"> & { id: string; body: Buffer }>`
    select id, at, timestamp, signature, body from slack_unverified
    where at > now() - interval '1 hour' order by at desc`.execute(db.kysely);
  return rows.map(({ id, body, ...row }) => ({ ...row, rawBody: vault.unseal(body, unverifiedPurpose(id)) }));
}

const named = z.object({ api_app_id: z.string() });

/** The app that a request of Slack's says it is for, whichever form it has; null where it says none. */
export function sendingApp(rawBody: string): string | null {
  if (rawBody.startsWith("{")) return read(parseJson(rawBody));
  const form = new URLSearchParams(rawBody);
  const payload = form.get("payload");
  return payload === null ? form.get("api_app_id") : read(parseJson(payload));
}

function read(body: unknown): string | null {
  return named.safeParse(body).data?.api_app_id ?? null;
}

/** When Slack was heard last within the hour: with a signature that is right, and with one that couldn't be checked. */
export interface Heard {
  verifiedAt: Date | null;
  unverifiedAt: Date | null;
}

export async function whenHeard(db: Kysely<Tables>): Promise<Heard> {
  const { rows } = await sql<Heard>`
    select (select max(received_at) from slack_inbox) as "verifiedAt",
      (select max(at) from slack_unverified where at > now() - interval '1 hour') as "unverifiedAt"`.execute(
    db,
  );
  return rows[0] ?? { verifiedAt: null, unverifiedAt: null };
}
