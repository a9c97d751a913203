import type { Severity } from "../alert/severity.ts";
import type { Both } from "../db/intake-transaction.ts";
import { enqueue } from "../outbox/deliveries.ts";
import { raiseDeliveries } from "../deliver/ledger/raise-deliveries.ts";
import { record } from "../history/append.ts";
import type { Announced } from "./announce.ts";
import { routeAlert } from "./route-alert.ts";
import type { RoutingSettings } from "./routing-settings.ts";

/** A raised severity is routed once more: destinations that match only now get a card. */
export async function announceRaised(
  { tx, hot }: Both,
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
  const { seq: toldSeq } = await record(tx, { alertId: id, event, actor, via: "source" });
  const deliveries = added.map(({ id: destinationId, line }) => {
    return { alertId: id, number, severity: to, destinationId, line, toldSeq };
  });
  await enqueue(hot, deliveries);
}
