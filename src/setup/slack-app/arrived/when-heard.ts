import { type Kysely, sql } from "kysely";
import type { Tables } from "../../../db/tables/tables.ts";

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
