import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import { messageIntervalSeconds } from "../../outbox/lines.ts";

/** Takes the turn of a channel that alerts go to as well, for one message. False while its gate is closed. */
export async function takeGate(db: Database, installationId: string, channelId: string): Promise<boolean> {
  const key = `${installationId}:${channelId}`;
  const { rows } = await sql<{ free: boolean }>`
    with taken as (
      update lines set open_at = clock_timestamp() + make_interval(secs => ${messageIntervalSeconds})
      where key = ${key} and open_at <= now() and (leased_until is null or leased_until <= now())
      returning 1
    )
    select exists (select from taken) or not exists (select from lines where key = ${key}) as free`.execute(
    db.kysely,
  );
  return rows[0]?.free ?? false;
}
