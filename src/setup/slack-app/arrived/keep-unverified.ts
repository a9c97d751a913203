import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { ring } from "../../../db/notify.ts";
import type { Database } from "../../../db/connect.ts";
import { unverifiedPurpose } from "../../secrets/purposes.ts";
import type { Vault } from "../../../secrets/vault.ts";

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
  await ring(db.kysely, { settings: "slack-app" });
}

async function forgetUnverified(db: Database["kysely"]): Promise<void> {
  await sql`
    delete from slack_unverified where at < now() - interval '1 hour'
      or id not in (select id from slack_unverified order by at desc limit ${mostKept})`.execute(db);
}
