import type { Report } from "./alert/report.ts";
import type { IntakeTransaction } from "./db/intake-transaction.ts";
import {
  dedupKey,
  type Group,
  type IncomingReport,
  type ReportingSource,
  type ReportOutcome,
  sourceActor,
  waves,
} from "./dedup/incoming.ts";
import { keepSamples, newSamples } from "./dedup/keep-samples.ts";
import { openOrJoin } from "./dedup/open-or-join.ts";
import { resolveBySource } from "./dedup/resolve-by-source.ts";
import type { Claiming } from "./outbox/open-deliveries.ts";
import { type Announced, announceOpened, announceRaised } from "./route/announce.ts";
import { overrideName, routingSettings } from "./route/route-alert.ts";
import { keepEntities } from "./triage/seen-before/entities.ts";

/**
 * The path of an alert, in one transaction: deduplicate, route, append history, and queue deliveries. The
 * source gets its answer after the commit; workers then send the deliveries. `announced` resolves with the
 * commit.
 */
export async function ingestReports(
  intake: IntakeTransaction,
  reports: { source: ReportingSource; report: Report }[],
  claiming?: Claiming,
) {
  const batch = reports.map(({ source, report }, arrival): IncomingReport => {
    return { source, report, arrival, key: dedupKey(source.id, report) };
  });
  const outcomes = new Map<IncomingReport, ReportOutcome>();
  const last: Promise<unknown>[] = [];
  const announced: Promise<Announced>[] = [];
  const all = waves(batch);
  for (const { firing, resolved } of all) {
    const [settings, { opened, joined }] = await Promise.all([
      routingSettings(intake.runPrepared, firing.map(detectionOf)),
      openOrJoin(intake, firing),
    ]);
    // A claim locks lines, so nothing that could wait for another lock comes after it.
    const isLast = resolved === all.at(-1)?.resolved && resolved.length === 0;
    const toAnnounce = opened.map(({ id, number, group }) => ({ id, number, ...first(group) }));
    const samples = toAnnounce.flatMap(({ id, report }) => newSamples(id, [report.event], 0));
    last.push(unawaited(keepSamples(intake.runPrepared, samples)));
    last.push(unawaited(keepEntities(intake.runPrepared, toAnnounce)));
    const how = { settings, claiming: isLast ? claiming : undefined };
    announced.push(unawaited(announceOpened(intake, toAnnounce, how)));
    for (const { newest, group, decision } of joined) {
      const { id, number } = newest;
      if (!decision.raiseTo) continue;
      await announceRaised(intake, { id, number, ...first(group), to: decision.raiseTo }, settings);
      announced.push(Promise.resolve({ cards: [], waiting: true }));
    }
    const resolutions = await resolveBySource(intake, resolved);

    for (const { id, number, group } of opened)
      outcomes.set(group.items[0], { outcome: "opened", alertId: id, number });
    for (const { newest, group } of joined) {
      for (const item of group.items)
        outcomes.set(item, { outcome: "joined", alertId: newest.id, number: newest.number });
    }
    for (const [group, outcome] of resolutions) for (const item of group.items) outcomes.set(item, outcome);
  }
  const result = batch.map((item): ReportOutcome => outcomes.get(item) ?? { outcome: "ignored" });
  return { result, last: [...last, ...announced], announced: unawaited(together(announced)) };
}

function first({ items: [{ source, report }] }: Group) {
  return { source, report, actor: sourceActor(source) };
}

function detectionOf(group: Group) {
  const { source, report } = first(group);
  return overrideName(source.id, report);
}

async function together(announced: Promise<Announced>[]): Promise<Announced> {
  const all = await Promise.all(announced);
  return { cards: all.flatMap(({ cards }) => cards), waiting: all.some(({ waiting }) => waiting) };
}

/** Marks a write that only the commit awaits; if the transaction fails earlier, that error counts instead. */
function unawaited<Result>(write: Promise<Result>): Promise<Result> {
  write.catch(() => {});
  return write;
}
