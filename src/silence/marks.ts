import { sql } from "kysely";
import type { FaultCause } from "../alert/destination.ts";
import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import type { Transaction } from "../db/transaction.ts";
import type { RunningSilence } from "./decide-silence.ts";

const running: PreparedStatement = {
  name: "running-silences",
  text: `
    select id, reason, source_id as source, detection_id as detection, title, severities, fields,
      also_critical as "alsoCritical", ends_at as "endsAt", created_by->>'name' as by
    from silences where ended_at is null and ends_at > now() order by id`,
};

/** The silences that run, as the transaction sees them. */
export function runningSilences(runPrepared: RunPrepared): Promise<RunningSilence[]> {
  return runPrepared<RunningSilence>(running, []);
}

/** What a report asked of routing: destinations by name or id, and the fault that Tocsin reports of itself. */
export interface RequestedRoute {
  destinations: string[] | null;
  cause: FaultCause | null;
}

const mark: PreparedStatement = {
  name: "mark-silenced",
  text: `
    with marked as (
      insert into silenced_alerts (silence_id, alert_id, requested)
      select silence_id, alert_id, requested
      from json_to_recordset($1::json) as m(silence_id uuid, alert_id uuid, requested jsonb)
      on conflict (silence_id, alert_id) do update set lifted_at = null
      returning alert_id
    )
    update alerts set silenced = true where id in (select alert_id from marked)`,
};

/** Marks alerts as silenced; the transaction has opened or locked them. */
export async function markSilenced(
  runPrepared: RunPrepared,
  alerts: readonly { alertId: string; silenceId: string; requested: RequestedRoute }[],
): Promise<void> {
  if (alerts.length === 0) return;
  const rows = alerts.map(({ alertId, silenceId, requested }) => {
    return { alert_id: alertId, silence_id: silenceId, requested };
  });
  await runPrepared(mark, [JSON.stringify(rows)]);
}

/**
 * Takes the mark from an alert, which the caller has locked. Returns the silence's id and what the report asked of
 * routing; null if the alert isn't silenced.
 */
export async function liftMark(
  tx: Transaction,
  alertId: string,
): Promise<{ silenceId: string; requested: RequestedRoute } | null> {
  await sql`update alerts set silenced = false, revision = revision + 1 where id = ${alertId} and silenced`.execute(
    tx,
  );
  const { rows } = await sql<{ silenceId: string; requested: RequestedRoute }>`
    update silenced_alerts set lifted_at = now() where alert_id = ${alertId} and lifted_at is null
    returning silence_id as "silenceId", requested`.execute(tx);
  return rows[0] ?? null;
}
