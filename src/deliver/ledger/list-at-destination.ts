import { type RawBuilder, sql } from "kysely";
import type { DeliveryState } from "../../alert/destination.ts";
import type { Severity } from "../../alert/severity.ts";
import type { Status } from "../../alert/status.ts";
import type { Database } from "../../db/connect.ts";
import { type Delivery, deliveryColumns, deliveryTables } from "../../outbox/list-deliveries.ts";

/** A delivery as its destination's ledger lists it. */
export interface LedgerEntry extends Delivery {
  alert: { id: string; number: number; title: string; severity: Severity; status: Status };
  waitingSince: Date;
  /** The severity by which it waits its turn. */
  rank: Severity;
}

/** The last one of the page before. */
export type After = readonly [severity: Severity, number: number] | null;

interface Wanted {
  destinationId: string;
  states: readonly DeliveryState[];
  after: After;
  limit: number;
}

/**
 * The deliveries of a destination in these states, in the order in which they go out: the most severe first,
 * then the oldest. What waits in a line with a fault is held, as people are told.
 */
export async function listAtDestination(db: Database["kysely"], wanted: Wanted): Promise<LedgerEntry[]> {
  const { after, limit, states } = wanted;
  const beyond = after
    ? sql`and (d.severity < ${after[0]}::severity or (d.severity = ${after[0]}::severity and d.number > ${after[1]}))`
    : sql``;
  const page = (where: RawBuilder<unknown>) => sql`
    (select d.* from deliveries d join destinations t on t.id = d.destination_id left join lines l on l.key = t.line
      where d.destination_id = ${wanted.destinationId} and ${where} ${beyond}
      order by d.severity desc, d.number limit ${limit})`;
  const open = sql`d.line = t.line and d.state in ('waiting', 'sending')
    and case when d.state = 'waiting' and l.fault is not null then 'held' else d.state::text end
      = any(${states}::text[])`;
  const aside = sql`d.state in ('held', 'failed', 'not_delivered', 'digested') and d.state::text = any(${states}::text[])`;
  const sent = sql`d.state = 'sent'`;
  const parts = [page(open), page(aside), ...(states.includes("sent") ? [page(sent)] : [])];
  const { rows } = await sql<LedgerEntry>`
    with d as (
      select * from (${sql.join(parts, sql` union all `)}) d order by severity desc, number limit ${limit}
    )
    select ${deliveryColumns}, d.created_at as "waitingSince", d.severity as rank,
      json_build_object('id', a.id, 'number', a.number, 'title', a.title, 'severity', a.severity,
        'status', a.status) as alert
    from ${deliveryTables(sql`d`)} join alerts a on a.id = d.alert_id
    order by d.severity desc, d.number`.execute(db);
  return rows;
}
