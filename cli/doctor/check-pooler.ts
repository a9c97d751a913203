import pg from "pg";
import type { Config } from "../../src/config.ts";
import { explainConnection, readAddress } from "../../src/db/address.ts";
import type { Database } from "../../src/db/connect.ts";
import { isSession, sessionOptions } from "../../src/db/session.ts";
import { findTrouble } from "../../src/db/unavailable.ts";
import type { Finding } from "./finding.ts";

/** Whether the database takes writes, and whether live updates get through where a pooler is before it. */
export async function checkPooler(
  db: Database,
  { databaseDirectUrl }: Pick<Config, "databaseDirectUrl">,
): Promise<Finding[]> {
  const trouble = await findTrouble(db);
  const writes: Finding[] = trouble ? [{ kind: "broken", text: trouble.why }] : [];
  if (databaseDirectUrl) return [...writes, await checkDirect(databaseDirectUrl)];
  if (db.hasSessions) return writes;
  const text =
    "DATABASE_URL leads to a pooler. It works, but pages of the Console hear of changes some seconds late. Set DATABASE_DIRECT_URL to the address of PostgreSQL itself.";
  return [...writes, { kind: "note", text }];
}

async function checkDirect(url: string): Promise<Finding> {
  const pool = new pg.Pool({ ...readAddress(url), options: sessionOptions, max: 1 });
  try {
    if (await isSession(pool)) return { kind: "ok", text: "DATABASE_DIRECT_URL leads to PostgreSQL itself." };
    const text =
      "DATABASE_DIRECT_URL leads to a pooler, too, which hides notifications. Set it to the address of PostgreSQL itself, or unset it.";
    return { kind: "broken", text };
  } catch (fault) {
    return { kind: "broken", text: explainConnection(fault, "DATABASE_DIRECT_URL", url) };
  } finally {
    if (!pool.ending) await pool.end();
  }
}
