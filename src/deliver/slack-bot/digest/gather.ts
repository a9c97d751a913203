import { sql } from "kysely";
import type { Database } from "../../../db/connect.ts";
import { notify } from "../../../db/notify.ts";
import { transaction } from "../../../db/transaction.ts";
import { appended, bySystem } from "../../../history/append.ts";
import { getsOwnCard } from "../../../outbox/claim-line.ts";
import { digested, gather as gatherInto } from "../../../outbox/deliveries.ts";

/** SQL: of the waiting deliveries `w`, those that the digest of a line takes, since they get no card of their own. */
export const isGatherable = (line: string) => sql`
  w.line = ${line} and w.state = 'waiting' and not w.asked and not (${getsOwnCard}) and exists (
    select from destinations t where t.id = w.destination_id and t.deleted_at is null and t.enabled and t.line = w.line)`;

/** Assigns deliveries to the digest of their line. They stay waiting until the message shows them (`confirmGathered`). */
export async function gather(
  db: Database["kysely"],
  { id, line }: { id: string; line: string },
): Promise<void> {
  const free = sql`d.id in (
    select w.id from deliveries w where ${isGatherable(line)} and w.digest_id is distinct from ${id}
    for update skip locked)`;
  await gatherInto({ where: free }, id).execute(db);
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
          select d.id from deliveries d join alerts a on a.id = d.alert_id
          where d.digest_id = ${digestId} and d.state = 'waiting' and not d.asked
          order by d.created_at limit ${batchSize} for update of d, a skip locked
        ), place as (
          select g.permalink, l.channel_id, coalesce((select channel_name from destinations t
            where t.line = l.key order by deleted_at desc nulls first limit 1), l.channel_id) as channel_name
          from digests g join lines l on l.key = g.line where g.id = ${digestId}
        ), digested as (
          ${digested({ from: sql`chosen`, where: sql`d.id = chosen.id` })}
          returning d.id, d.alert_id, d.destination_id
        ), attempts as (
          insert into delivery_attempts (id, delivery_id, outcome, channel_id, permalink)
          select gen_random_uuid(), digested.id, 'digested', place.channel_id, place.permalink from digested, place
        ), entries as (
          select d.alert_id, d.id as place, ${bySystem}, 'digested' as kind, jsonb_build_object('destination',
            json_build_object('id', t.id, 'name', t.display_name), 'place', '#' || place.channel_name,
            'permalink', place.permalink) as data
          from digested d join destinations t on t.id = d.destination_id, place
        ), ${appended(sql`entries`)}
        select distinct alert_id from digested`.execute(tx);
      const ids = rows.map((row) => row.alert_id);
      await notify(tx, { alerts: ids });
      return ids;
    });
    confirmed += alertIds.length;
    if (alertIds.length === 0) return confirmed;
  }
}
