import type { Database } from "../../src/db/connect.ts";

/**
 * Writes alerts of past months of 500 detections, each with its history, when somebody acted, a host, an address and a sent
 * delivery.
 */
export async function fillAlerts(
  { pool }: Database,
  { count, openEach }: { count: number; openEach: number },
): Promise<void> {
  const { rows } = await pool.query<{ source: string; destination: string; line: string }>(`
    select (select id from sources order by created_at desc limit 1) as source,
      (select id from destinations limit 1) as destination, (select line from destinations limit 1) as line`);
  const [target] = rows;
  if (!target) throw new Error("There is no source and destination to fill alerts for.");
  await pool.query(alerts, [target.source, count, openEach]);
  await pool.query(history);
  await pool.query(detections);
  await pool.query(times);
  await pool.query(entities);
  await pool.query(deliveries, [target.destination, target.line]);
  await pool.query("select setval('alert_numbers', (select max(number) from alerts))");
  await pool.query("vacuum analyze");
}

const alerts = `
  insert into alerts (id, number, title, severity, status, type, source_id, detection_id, dedup_key, dedup_string,
    window_ends_at, log_types, tags, context, reports, created_at, updated_at, last_received_at, first_event_at, history_seq,
    updated_by_type, updated_by_id, updated_by_name)
  select gen_random_uuid(), base.n + i, 'Stored alert ' || i, (enum_range(null::severity))[2 + i % 4],
    case when i % $3 = 0 then 'OPEN' else 'RESOLVED' end::alert_status, 'RULE', $1::uuid, 'Filled.' || i % 500,
    sha256(i::text::bytea), 'stored ' || i, at.time + interval '1 hour', array['Log.' || i % 19], array[]::text[],
    jsonb_build_object('ip', '203.0.113.7', 'filler', repeat('x', 400)), '{}'::jsonb, at.time, at.time, at.time, at.time, 1,
    'source', $1::uuid, 'Load'
  from (select last_value as n from alert_numbers) base, generate_series(1, $2::int) i,
    lateral (select now() - make_interval(secs => ($2::int - i) * 30) as time) at`;

const history = `
  insert into history (alert_id, seq, actor_type, actor_id, actor_name, via, kind, data, at)
  select id, 1, 'source', source_id, 'Load', 'source', 'opened',
    '{"severity":"HIGH","route":{"reason":"settings","destinations":[],"unknown":[],"deleted":[]}}', created_at
  from alerts a where title like 'Stored alert %'
    and not exists (select from history h where h.alert_id = a.id and h.seq = 1)`;

const detections = `
  insert into detections (id, source_id, detection_id)
  select gen_random_uuid(), source_id, detection_id from alerts where title like 'Stored alert %'
  group by source_id, detection_id on conflict do nothing`;

const times = `
  insert into alert_times (alert_id, opened_at, first_action_at, closed_at)
  select id, created_at, created_at + make_interval(secs => number % 4000), created_at + make_interval(secs => number % 90000)
  from alerts where title like 'Stored alert %' and status = 'RESOLVED'`;

/** A common host, and an address that 5,000 alerts share. */
const entities = `
  insert into alert_entities (hash, opened_at, alert_id)
  select case kind when 1 then 1 else 1000 + number % 200 end, created_at, id
  from alerts, generate_series(1, 2) kind where title like 'Stored alert %'`;

const deliveries = `
  insert into deliveries (id, alert_id, destination_id, line, severity, number, state, attempts, last_attempt_at)
  select gen_random_uuid(), id, $1::uuid, $2, severity, number, 'sent', 1, created_at
  from alerts where title like 'Stored alert %'`;
