import { v7 as uuidv7 } from "uuid";
import type { Actor, Severity } from "../alert/alert.ts";
import type { Report } from "../alert/report.ts";
import type { IntakeTransaction, PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import { append, appendFirst, openingEntries } from "../history/append.ts";
import { enqueue, raiseDeliveries } from "../outbox/deliveries.ts";
import { type DetectionName, type RoutingSettings, routeAlert } from "./route-alert.ts";

/** An alert that this transaction opens, as routing needs it. */
interface Announced {
  id: string;
  number: number;
  source: { id: string };
  actor: Actor;
  report: Report;
}

/** Routes alerts that have just been opened, and writes their history and their deliveries. */
export async function announceOpened(
  hot: RunPrepared,
  alerts: Announced[],
  settings: RoutingSettings,
): Promise<void> {
  const routed = alerts.map((alert) => {
    const { source, report } = alert;
    return { ...alert, ...routeAlert({ sourceId: source.id, report, severity: report.severity }, settings) };
  });
  const openings = routed.map(({ id, report, actor, told }) => {
    return { alertId: id, severity: report.severity, actor, route: told };
  });
  const deliveries = routed.flatMap(({ id, number, report: { severity }, destinations }) => {
    const delivery = { alertId: id, number, severity, toldSeq: openingEntries(severity) };
    return destinations.map((to) => ({ ...delivery, destinationId: to.id, line: to.line }));
  });
  const news = routed.flatMap(({ newDetection }) => newDetection ?? []);
  await Promise.all([appendFirst(hot, openings), enqueue(hot, deliveries), rememberDetections(hot, news)]);
}

/** A raised severity is routed once more: destinations that match only now get a card. */
export async function announceRaised(
  { tx, runPrepared }: IntakeTransaction,
  { id, number, source, actor, report, to }: Announced & { to: Severity },
  settings: RoutingSettings,
): Promise<void> {
  const { destinations, told } = routeAlert({ sourceId: source.id, report, severity: to }, settings);
  const has = await raiseDeliveries(tx, id, to);
  const added = destinations.filter((destination) => !has.has(destination.id));
  if (added.length === 0) return;
  const data = {
    ...told,
    destinations: added.map((destination) => ({ id: destination.id, name: destination.name })),
  };
  const event = { kind: "routed" as const, data };
  const { seq: toldSeq } = await append(tx, { alertId: id, event, actor, via: "source" });
  const deliveries = added.map(({ id: destinationId, line }) => {
    return { alertId: id, number, severity: to, destinationId, line, toldSeq };
  });
  await enqueue(runPrepared, deliveries);
}

const statement: PreparedStatement = {
  name: "remember-detections",
  text: `
    insert into detections (id, source_id, detection_id, name)
    select * from json_to_recordset($1::json) as d(id uuid, source_id uuid, detection_id text, name text)
    order by source_id, detection_id
    on conflict do nothing`,
};

/** A detection appears in the Console when its first alert comes in. */
async function rememberDetections(
  hot: RunPrepared,
  detections: (DetectionName & { name: string | null })[],
): Promise<void> {
  if (detections.length === 0) return;
  const rows = detections.map(({ sourceId, detectionId, name }) => ({
    id: uuidv7(),
    source_id: sourceId,
    detection_id: detectionId,
    name,
  }));
  await hot(statement, [JSON.stringify(rows)]);
}
