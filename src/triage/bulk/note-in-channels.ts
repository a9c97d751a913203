import { sql } from "kysely";
import type { Actor } from "../../alert/actor.ts";
import type { Database } from "../../db/connect.ts";
import type { Transaction } from "../../db/transaction.ts";
import type { AlertCommand } from "../decide-change.ts";

/** One change of many alerts. */
export interface Bulk {
  id: string;
  actor: Actor;
  command: AlertCommand;
}

/** Longer than one of the changes can take: the line waits until all are made, and is told if that never comes. */
const putOffSeconds = 30;

/** Counts a changed alert in the line that each channel which knows it gets, and which syncs with Tocsin. */
export async function noteInChannels(tx: Transaction, bulk: Bulk, alertId: string): Promise<void> {
  await sql`
    insert into line_notices (bulk_id, line, actor, command, alerts, due_at)
    select distinct ${bulk.id}::uuid, d.line, ${JSON.stringify(bulk.actor)}::jsonb,
      ${JSON.stringify(bulk.command)}::jsonb, 1, now() + make_interval(secs => ${putOffSeconds})
    from deliveries d join destinations t on t.id = d.destination_id
    where d.alert_id = ${alertId} and d.state in ('sent', 'digested')
      and t.type = 'slack-bot' and t.sync_to_slack and t.deleted_at is null
    on conflict (bulk_id, line) do update set alerts = line_notices.alerts + 1, due_at = excluded.due_at`.execute(
    tx,
  );
}

/** All is done: the channels may be told. */
export async function tellChannels(db: Database["kysely"], bulkId: string): Promise<void> {
  await sql`update line_notices set due_at = now() where bulk_id = ${bulkId}`.execute(db);
}
