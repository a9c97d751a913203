import { sql } from "kysely";
import type { Deps } from "./deps.ts";

/** The claim of a row with a lease of its own. */
export interface RowClaim {
  id: string;
  /** Names the claim. For a card it is the end of the lease, as PostgreSQL writes it, which each claim sets to another. */
  lease: string;
  /** `performance.now()` just before the claim. */
  claimedAt: number;
}

const names = { cards: sql`leased_until::text`, messages: sql`lease::text` };

/**
 * Whether a claim still holds its row, checked just before Slack is called: after a hang another claim may have done the
 * work, and an old drawing would replace a newer one. Queries the database only after half of the lease.
 */
export async function stillLeased(
  { db, pace }: Pick<Deps, "db" | "pace">,
  table: "cards" | "messages",
  { id, lease, claimedAt }: RowClaim,
): Promise<boolean> {
  if (performance.now() - claimedAt < (pace.jobLease * 1000) / 2) return true;
  const { rows } = await sql`
    select from ${sql.table(table)} where id = ${id} and ${names[table]} = ${lease} and leased_until > now()`.execute(
    db.kysely,
  );
  return rows.length > 0;
}
