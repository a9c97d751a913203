import { v7 as uuidv7 } from "uuid";
import type { Severity } from "../alert/severity.ts";
import type { Hot, Statement } from "../db/intake-transaction.ts";

/** An alert that has to be announced at a destination. */
export interface NewDelivery {
  alertId: string;
  number: number;
  severity: Severity;
  destinationId: string;
  line: string;
  /** The newest entry of the alert's history that belongs to its being announced. */
  toldSeq: number;
}

const statement: Statement = {
  name: "enqueue-deliveries",
  text: `
    insert into deliveries (id, alert_id, destination_id, line, severity, number, told_seq)
    select id, alert_id, destination_id, line, severity, number, told_seq
    from json_to_recordset($1::json) as d(id uuid, alert_id uuid, destination_id uuid, line text,
      severity severity, number bigint, told_seq int)`,
};

/** Writes the deliveries, each of which is its own job, in the transaction that opens their alerts. */
export async function enqueue(hot: Hot, deliveries: NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  const rows = deliveries.map((delivery) => ({
    id: uuidv7(),
    alert_id: delivery.alertId,
    destination_id: delivery.destinationId,
    line: delivery.line,
    severity: delivery.severity,
    number: delivery.number,
    told_seq: delivery.toldSeq,
  }));
  await hot(statement, [JSON.stringify(rows)]);
}
