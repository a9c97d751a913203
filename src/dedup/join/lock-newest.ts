import type { Hot, Statement } from "../../db/intake-transaction.ts";
import type { Newest } from "../decide-join.ts";

export interface LockedNewest extends Newest {
  touched: boolean;
  saidOver: boolean;
}

const statement: Statement = {
  name: "lock-newest",
  text: `
    select id, number, encode(dedup_key, 'hex') as key, severity, status, window_ends_at > now() as "inWindow",
      source_resolved as "sourceResolved", touched, said_over as "saidOver",
      coalesce(status_set->'by'->>'type' in ('user', 'token'), false) as "closedByPerson",
      join_after_close_told as "joinAfterCloseTold", log_types as "logTypes", event_count as "eventCount"
    from alerts where newest_of_key and dedup_key = any($1::bytea[])
    order by dedup_key for update`,
};

/** Locks and gives back the newest alert of each key, by key; keys without one are absent. */
export async function lockNewest(hot: Hot, keys: string[]): Promise<Map<string, LockedNewest>> {
  if (keys.length === 0) return new Map();
  const rows = await hot<LockedNewest>(statement, [keys.map((key) => Buffer.from(key, "hex"))]);
  return new Map(rows.map((row) => [row.key, row]));
}
