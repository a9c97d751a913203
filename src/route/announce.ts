import type { Actor } from "../alert/actor.ts";
import type { Report } from "../alert/report.ts";
import type { Hot } from "../db/intake-transaction.ts";
import { enqueue } from "../outbox/deliveries.ts";
import { openingEntries, recordOpenings } from "../history/record-openings.ts";
import { rememberDetections } from "./remember-detections.ts";
import { routeAlert } from "./route-alert.ts";
import type { RoutingSettings } from "./routing-settings.ts";

/** An alert that this transaction opens, as routing needs it. */
export interface Announced {
  id: string;
  number: number;
  source: { id: string };
  actor: Actor;
  report: Report;
}

/** Routes alerts that have just been opened, and writes their history and their deliveries. */
export async function announceOpened(
  hot: Hot,
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
  await Promise.all([recordOpenings(hot, openings), enqueue(hot, deliveries), rememberDetections(hot, news)]);
}
