import { sql } from "kysely";
import type { Database } from "../../../db/connect.ts";
import { notify } from "../../../db/notify.ts";
import { transaction } from "../../../db/transaction.ts";
import { getsOwnCard } from "../../../outbox/claim-line.ts";

/**
 * Assigns the waiting deliveries of a line that get no card of their own to the line's digest. They stay
 * waiting until the message shows them (`confirmGathered`). Returns their number.
 */
export async function gather(
  db: Database["kysely"],
  { id, line }: { id: string; line: string },
): Promise<number> {
  const gathered = await sql`
    update deliveries set digest_id = ${id} where id in (
      select d.id from deliveries d
      where d.line = ${line} and d.state = 'waiting' and not d.asked and not (${getsOwnCard})
        and d.digest_id is distinct from ${id} and exists (
          select from destinations t where t.id = d.destination_id and t.deleted_at is null and t.enabled and t.line = d.line)
      for update skip locked)`.execute(db);
  return Number(gathered.numAffectedRows ?? 0);
}

/** Deliveries per transaction; a change of one of their alerts has to wait for it. */
const batchSize = 2000;

/**
 * Settles the gathered deliveries as `digested`, with an attempt and a history entry each, now that the message
 * shows them. Alerts that are locked by a change are left for the next time. Returns the number of alerts.
 */
export async function confirmGathered(db: Database, digestId: string): Promise<number> {
  let confirmed = 0;
  for (;;) {
    const alertIds = await transaction(db, async (tx) => {
      const { rows } = await sql<{ alert_id: string }>`
        with chosen as (
          select d.id, d.alert_id, a.history_seq from deliveries d join alerts a on a.id = d.alert_id
          where d.digest_id = ${digestId} and d.state = 'waiting' and not d.asked
          order by d.created_at limit ${batchSize} for update of d, a skip locked
        ), place as (
          select g.permalink, l.channel_id, coalesce((select channel_name from destinations t
            where t.line = l.key order by deleted_at desc nulls first limit 1), l.channel_id) as channel_name
          from digests g join lines l on l.key = g.line where g.id = ${digestId}
        ), digested as (
          update deliveries d set state = 'digested', error = null, last_attempt_at = now(), attempts = attempts + 1
          from chosen where d.id = chosen.id
          returning d.id, d.alert_id, chosen.history_seq, d.destination_id
        ), attempts as (
          insert into delivery_attempts (id, delivery_id, outcome, channel_id, permalink)
          select gen_random_uuid(), digested.id, 'digested', place.channel_id, place.permalink from digested, place
        ), numbered as (
          update alerts a set history_seq = a.history_seq + n.count
          from (select alert_id, count(*) from digested group by alert_id) n where a.id = n.alert_id
        ), entries as (
          insert into history (alert_id, seq, actor_type, actor_name, via, kind, data)
          select d.alert_id, d.history_seq + row_number() over (partition by d.alert_id order by d.id), 'system',
            'Tocsin', 'system', 'digested', json_build_object('destination',
              json_build_object('id', t.id, 'name', t.display_name), 'place', '#' || place.channel_name,
              'permalink', place.permalink)
          from digested d join destinations t on t.id = d.destination_id, place
        )
        select distinct alert_id from digested`.execute(tx);
      const ids = rows.map((row) => row.alert_id);
      await notify(tx, { alerts: ids });
      return ids;
    });
    confirmed += alertIds.length;
    if (alertIds.length === 0) return confirmed;
  }
}
