import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";

/** Somebody who answered Yes, and until when repeats for them are suppressed. */
export interface ConfirmedBy {
  askId: string;
  name: string;
  until: Date | null;
}

/** Who owned up to an alert, each with their newest Yes. */
export async function whoConfirmed(db: Database["kysely"], alertId: string): Promise<ConfirmedBy[]> {
  const { rows } = await sql<ConfirmedBy>`
    select distinct on (k.slack_id) k.id as "askId", k.name, p.ends_at as until
    from boomerangs b join boomerang_asks k on k.boomerang_id = b.id
      left join suppressions p on p.alert_id = b.alert_id and p.email = lower(k.email)
        and p.ended_at is null and p.ends_at > now()
    where b.alert_id = ${alertId} and k.kind = 'person' and k.answer->>'kind' = 'yes'
    order by k.slack_id, k.answered_at desc`.execute(db);
  return rows;
}
