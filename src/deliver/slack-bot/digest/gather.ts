import { sql } from "kysely";
import type { Database } from "../../../db/connect.ts";
import { isLoud } from "../../../outbox/claim-line.ts";

/**
 * Takes what waits in a line without a card of its own into the line's digest, in one statement. They go on
 * waiting until a message shows them. Gives back how many were taken.
 */
export async function gather(
  db: Database["kysely"],
  { id, line }: { id: string; line: string },
): Promise<number> {
  const taken = await sql`
    update deliveries set digest_id = ${id} where id in (
      select d.id from deliveries d
      where d.line = ${line} and d.state = 'waiting' and not d.asked and not (${isLoud})
        and d.digest_id is distinct from ${id} and exists (
          select from destinations t where t.id = d.destination_id and t.deleted_at is null and t.enabled and t.line = d.line)
      for update skip locked)`.execute(db);
  return Number(taken.numAffectedRows ?? 0);
}
