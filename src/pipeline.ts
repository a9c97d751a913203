import type { Report } from "./alert/report.ts";
import type { IntakeTransaction } from "./db/intake-transaction.ts";
import {
  dedupKey,
  type Group,
  type Incoming,
  type ReportingSource,
  sourceActor,
  type Taken,
  waves,
} from "./dedup/incoming.ts";
import { keepSamples, newSamples } from "./dedup/keep-samples.ts";
import { openOrJoin } from "./dedup/open-or-join.ts";
import { resolveBySource } from "./dedup/resolve-by-source.ts";
import { announceOpened, announceRaised } from "./route/announce.ts";
import { routingSettings } from "./route/route-alert.ts";

/**
 * The path of an alert, in one transaction: is it news, whose channel is it, what happened, and the job that
 * brings it there. When this has committed the source gets its answer; deliver/ takes it from there.
 */
export async function takeIn(
  intake: IntakeTransaction,
  reports: { source: ReportingSource; report: Report }[],
) {
  const batch = reports.map(({ source, report }, arrival): Incoming => {
    return { source, report, arrival, key: dedupKey(source.id, report) };
  });
  const taken = new Map<Incoming, Taken>();
  const last: Promise<unknown>[] = [];
  for (const { firing, resolved } of waves(batch)) {
    const [settings, { opened, joined }] = await Promise.all([
      routingSettings(intake.runPrepared, firing.map(detectionOf)),
      openOrJoin(intake, firing),
    ]);
    const news = opened.map(({ id, number, group }) => ({ id, number, ...first(group) }));
    const samples = news.flatMap(({ id, report }) => newSamples(id, [report.event], 0));
    last.push(
      unawaited(announceOpened(intake.runPrepared, news, settings)),
      unawaited(keepSamples(intake.runPrepared, samples)),
    );
    for (const { newest, group, decision } of joined) {
      const { id, number } = newest;
      if (decision.raiseTo)
        await announceRaised(intake, { id, number, ...first(group), to: decision.raiseTo }, settings);
    }
    const over = await resolveBySource(intake, resolved);

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

function first({ items: [{ source, report }] }: Group) {
  return { source, report, actor: sourceActor(source) };
}

function detectionOf(group: Group) {
  const { source, report } = first(group);
  return { sourceId: source.id, detectionId: report.detectionId };
}

/** Nothing waits for these but the commit; if the transaction fails before it, its own error is what counts. */
function unawaited(write: Promise<unknown>): Promise<unknown> {
  write.catch(() => {});
  return write;
}
