import { sql } from "kysely";
import type { Database } from "../../src/db/connect.ts";

/**
 * Moves everything that was written about an alert since `since` to `at`. The demo makes its week of changes through
 * Tocsin's API within seconds; only their times are made up, and only here.
 */
export async function backdate(
  { kysely }: Database,
  alertId: string,
  { at, since }: { at: Date; since: Date },
): Promise<void> {
  const iso = at.toISOString();
  await sql`
    update history set at = ${iso}::timestamptz
    where alert_id = ${alertId} and at >= ${since}`.execute(kysely);
  await sql`
    update alerts set
      created_at = least(created_at, ${iso}::timestamptz),
      first_event_at = least(first_event_at, ${iso}::timestamptz),
      last_received_at = case when last_received_at >= ${since}
        then ${iso}::timestamptz + (event_count - 1) * interval '40 seconds' else last_received_at end,
      window_ends_at = least(window_ends_at, ${iso}::timestamptz + interval '1 hour'),
      updated_at = ${iso}::timestamptz,
      status_set = case when (status_set ->> 'at')::timestamptz >= ${since}
        then jsonb_set(status_set, '{at}', to_jsonb(${iso}::text)) else status_set end
    where id = ${alertId}`.execute(kysely);
  await sql`
    update alert_times set opened_at = least(opened_at, ${iso}::timestamptz),
      first_action_at = case when first_action_at >= ${since} then ${iso}::timestamptz else first_action_at end,
      closed_at = case when closed_at >= ${since} then ${iso}::timestamptz else closed_at end
    where alert_id = ${alertId}`.execute(kysely);
  await sql`
    update alert_entities set opened_at = least(opened_at, ${iso}::timestamptz)
    where alert_id = ${alertId}`.execute(kysely);
}

/** Makes people, sources and detections older than the week of alerts. */
export async function backdateSetup({ kysely }: Database, at: Date): Promise<void> {
  for (const table of ["users", "sources", "source_keys", "detections", "api_tokens"] as const) {
    await sql`update ${sql.table(table)} set created_at = ${at}`.execute(kysely);
  }
}
