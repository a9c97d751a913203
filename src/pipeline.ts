import type { Report } from "./alert/report.ts";
import type { Both } from "./db/lane.ts";
import { dedupKey } from "./dedup/dedup-key.ts";
import { type Incoming, type ReportingSource, sourceActor, type Taken } from "./dedup/incoming.ts";
import type { Join } from "./dedup/join/join-alerts.ts";
import { keepSamples, newSamples } from "./dedup/keep-samples.ts";
import type { Opened } from "./dedup/open-alerts.ts";
import { openOrJoin } from "./dedup/open-or-join.ts";
import { resolveBySource } from "./dedup/resolve/resolve-by-source.ts";
import { waves } from "./dedup/waves.ts";
import { enqueue } from "./deliver/ledger/enqueue.ts";
import { raiseDeliveries } from "./deliver/ledger/raise-deliveries.ts";
import { record } from "./history/record.ts";
import { recordOpenings } from "./history/record-openings.ts";
import { rememberDetections } from "./route/remember-detections.ts";
import { routeAlert } from "./route/route-alert.ts";
import { type RoutingSettings, routingSettings } from "./route/routing-settings.ts";

/**
 * The path of an alert, in one transaction: is it news, whose channel is it, what happened, and the job that
 * brings it there. When this has committed the source gets its answer; deliver/ takes it from there.
 */
export async function takeIn(both: Both, reports: { source: ReportingSource; report: Report }[]) {
  const batch = reports.map(({ source, report }, arrival): Incoming => {
    return { source, report, arrival, key: dedupKey(source.id, report) };
  });
  const taken = new Map<Incoming, Taken>();
  const last: Promise<unknown>[] = [];
  for (const { firing, resolved } of waves(batch)) {
    const [settings, { opened, joined }] = await Promise.all([
      routingSettings(
        both.hot,
        firing.map(({ items: [first] }) => detectionOf(first)),
      ),
      openOrJoin(both, firing),
    ]);
    last.push(announce(both, opened, settings));
    for (const join of joined) await announceRaised(both, join, settings);
    const over = await resolveBySource(both, resolved);

    for (const { id, number, group } of opened)
      taken.set(group.items[0], { outcome: "opened", alertId: id, number });
    for (const { newest, group } of joined) {
      for (const item of group.items)
        taken.set(item, { outcome: "joined", alertId: newest.id, number: newest.number });
    }
    for (const [group, result] of over) for (const item of group.items) taken.set(item, result);
  }
  return { result: batch.map((item): Taken => taken.get(item) ?? { outcome: "ignored" }), last };
}

/** What is written for alerts that have just been opened; nothing waits for it but the commit. */
function announce({ hot }: Both, opened: Opened[], settings: RoutingSettings): Promise<unknown> {
  const routed = opened.map(
    ({
      id,
      number,
      group: {
        items: [{ source, report }],
      },
    }) => {
      const { severity } = report;
      return {
        id,
        number,
        source,
        report,
        severity,
        ...routeAlert({ sourceId: source.id, report, severity }, settings),
      };
    },
  );
  const writes = Promise.all([
    keepSamples(
      hot,
      routed.flatMap(({ id, report }) => newSamples(id, [report.event], 0)),
    ),
    recordOpenings(
      hot,
      routed.map(({ id, severity, source, told }) => {
        return { alertId: id, severity, actor: sourceActor(source), route: told };
      }),
    ),
    enqueue(
      hot,
      routed.flatMap(({ id, number, severity, destinations }) => {
        return destinations.map((to) => ({
          alertId: id,
          number,
          severity,
          destinationId: to.id,
          line: to.line,
        }));
      }),
    ),
    rememberDetections(
      hot,
      routed.flatMap(({ newDetection }) => newDetection ?? []),
    ),
  ]);
  // If the transaction fails before anybody awaits these, its own error is the one that counts.
  writes.catch(() => {});
  return writes;
}

/** A raised severity is routed once more: destinations that match only now get a card. */
async function announceRaised({ tx, hot }: Both, join: Join, settings: RoutingSettings): Promise<void> {
  const {
    newest: { id, number },
    decision: { raiseTo },
    group: {
      items: [{ source, report }],
    },
  } = join;
  if (!raiseTo) return;
  const { destinations, told } = routeAlert({ sourceId: source.id, report, severity: raiseTo }, settings);
  const has = await raiseDeliveries(tx, id, raiseTo);
  const added = destinations.filter((to) => !has.has(to.id));
  if (added.length === 0) return;
  const data = { ...told, destinations: added.map((to) => ({ id: to.id, name: to.name })) };
  await record(tx, {
    alertId: id,
    event: { kind: "routed", data },
    actor: sourceActor(source),
    via: "source",
  });
  await enqueue(
    hot,
    added.map((to) => {
      return { alertId: id, number, severity: raiseTo, destinationId: to.id, line: to.line };
    }),
  );
}

function detectionOf({ source, report }: Incoming) {
  return { sourceId: source.id, detectionId: report.detectionId };
}
