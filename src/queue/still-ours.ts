import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { type ClaimedLine, leaseSeconds } from "../outbox/claim-line.ts";

/**
 * Whether a line is ours yet, just before what was claimed from it is posted: a process that hung since may have lost
 * it to another, which has posted. Asks only where that may be so.
 */
export async function stillOurs(
  db: Pick<Database, "kysely">,
  { key, claimedAt }: Pick<ClaimedLine, "key" | "claimedAt">,
  me: string,
): Promise<boolean> {
  if (performance.now() - claimedAt < (leaseSeconds * 1000) / 2) return true;
  const { rows } = await sql`
    update lines set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where key = ${key} and leased_by = ${me} returning key`.execute(db.kysely);
  return rows.length > 0;
}
