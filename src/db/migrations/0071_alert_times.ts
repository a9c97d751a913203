import { type Kysely, sql } from "kysely";

/**
 * When people first acted on an alert, and when it was closed: for the Overview (docs/behaviour.md#9-the-console). A table
 * of its own, so that accepting reports writes nothing more. Filled for the longest range that the Overview shows; what
 * nodes of the previous version do meanwhile is missing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table alert_times (
    alert_id uuid primary key,
    opened_at timestamptz not null,
    first_action_at timestamptz,
    closed_at timestamptz
  );

  insert into alert_times (alert_id, opened_at, first_action_at, closed_at)
  select a.id, a.created_at, acted.at,
    case when a.status in ('RESOLVED', 'CLOSED') then (a.status_set->>'at')::timestamptz end
  from alerts a left join (
    select alert_id, min(at) as at from history
    where at > now() - interval '90 days' and actor_type in ('user', 'token') group by alert_id
  ) acted on acted.alert_id = a.id
  where a.created_at > now() - interval '90 days' and (acted.at is not null or a.status_set is not null);

  create index alert_times_opened on alert_times (opened_at) include (alert_id, first_action_at, closed_at);

  -- Counts per detection are read from the index alone.
  drop index alerts_detection;
  create index alerts_detection on alerts (detection_id, created_at desc, id desc)
    include (status, disposition, source_id, severity, silenced);
`;
