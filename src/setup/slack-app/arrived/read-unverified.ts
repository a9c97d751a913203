import { sql } from "kysely";
import type { Database } from "../../../db/connect.ts";
import { unverifiedPurpose } from "../../secrets/purposes.ts";
import type { Vault } from "../../../secrets/vault.ts";
import type { Unverified } from "./keep-unverified.ts";

/** The requests of the last hour that nobody could verify, newest first. */
export async function readUnverified({ db, vault }: { db: Database; vault: Vault }): Promise<Unverified[]> {
  const { rows } = await sql<Omit<Unverified, "rawBody"> & { id: string; body: Buffer }>`
    select id, at, timestamp, signature, body from slack_unverified
    where at > now() - interval '1 hour' order by at desc`.execute(db.kysely);
  return rows.map(({ id, body, ...row }) => ({ ...row, rawBody: vault.unseal(body, unverifiedPurpose(id)) }));
}
