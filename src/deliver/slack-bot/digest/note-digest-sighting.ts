import { sql } from "kysely";
import type { Database } from "../../../db/connect.ts";

/**
 * Keeps where a digest was seen if Slack has not confirmed yet that it stands: whoever takes it next adopts
 * that message. Says whether it was news.
 */
export async function noteDigestSighting(
  db: Database["kysely"],
  { digestId, line, ts }: { digestId: string; line: string; ts: string },
): Promise<boolean> {
  const { rows } = await sql`
    with seen as (
      update digests set seen_ts = coalesce(seen_ts, ${ts})
      where id = ${digestId} and line = ${line} and digests.ts is null and (sending or maybe_posted) returning id
    )
    update lines set digest_due_at = least(digest_due_at, now())
    from seen where key = ${line} and digest_id = seen.id returning 1`.execute(db);
  return rows.length > 0;
}
