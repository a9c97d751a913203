import { sql } from "kysely";
import type { Actor, Via } from "../alert/actor.ts";
import type { NamedDestination } from "../alert/history-event.ts";
import { ring } from "../db/notify.ts";
import type { Transaction } from "../db/transaction.ts";

interface NotDelivered {
  alertIds: string[];
  destination: NamedDestination;
  why: string;
  actor: Actor;
  via: Via;
}

/**
 * Records that alerts will not be announced, in one statement: a deleted destination may have thousands that
 * wait. The kind is one that neither cards nor threads show, so there is nothing else to mark.
 */
export async function recordNotDelivered(
  tx: Transaction,
  { alertIds, actor, via, ...data }: NotDelivered,
): Promise<void> {
  await sql`
    with locked as (
      select id from alerts where id = any(${alertIds}) order by id for update
    ), numbered as (
      update alerts a set history_seq = history_seq + 1 from locked where a.id = locked.id
      returning a.id, history_seq
    )
    insert into history (alert_id, seq, actor_type, actor_id, actor_name, via, kind, data)
    select id, history_seq, ${actor.type}::actor_type, ${actor.id}, ${actor.name}, ${via}::via,
      'not_delivered', ${JSON.stringify(data)}::jsonb
    from numbered`.execute(tx);
  await ring(tx, { alerts: alertIds });
}
