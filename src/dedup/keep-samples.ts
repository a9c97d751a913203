import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";

/** The first events of an alert are kept as samples. */
export const maxSamples = 10;

export interface Sample {
  alertId: string;
  n: number;
  event: unknown;
}

const statement: PreparedStatement = {
  name: "keep-samples",
  text: `insert into alert_samples (alert_id, n, event)
    -- The JSON null of a body that is null arrives as the null of SQL.
    select alert_id, n, coalesce(event, 'null') from json_to_recordset($1::json) as s(alert_id uuid, n smallint, event jsonb)
    on conflict do nothing`,
};

const readStatement: PreparedStatement = {
  name: "read-samples",
  text: `select alert_id as "alertId", json_agg(event order by n) as events from alert_samples
    where alert_id = any($1::uuid[]) group by alert_id`,
};

/** The first events of these alerts, by alert. */
export async function readSamples(
  runPrepared: RunPrepared,
  alertIds: readonly string[],
): Promise<Map<string, unknown[]>> {
  if (alertIds.length === 0) return new Map();
  const rows = await runPrepared<{ alertId: string; events: unknown[] }>(readStatement, [alertIds]);
  return new Map(rows.map(({ alertId, events }) => [alertId, events]));
}

/** The samples that `events` add to an alert that had `before` events. */
export function newSamples(alertId: string, events: unknown[], before: number): Sample[] {
  const room = Math.max(0, maxSamples - before);
  return events.slice(0, room).map((event, at) => ({ alertId, n: before + at, event: event ?? null }));
}

export async function keepSamples(runPrepared: RunPrepared, samples: Sample[]): Promise<void> {
  if (samples.length === 0) return;
  const rows = samples.map(({ alertId, n, event }) => ({ alert_id: alertId, n, event }));
  await runPrepared(statement, [JSON.stringify(rows)]);
}
