import type { Report } from "./alert/report.ts";
import type { IntakeTransaction } from "./db/intake-transaction.ts";
import {
  dedupKey,
  type Group,
  type IncomingReport,
  ownSource,
  type ReportingSource,
  type ReportOutcome,
  sourceActor,
  waves,
} from "./dedup/incoming.ts";
import { afterJoin } from "./dedup/join-alerts.ts";
import { keepSamples, newSamples } from "./dedup/keep-samples.ts";
import { openOrJoin } from "./dedup/open-or-join.ts";
import { resolveBySource } from "./dedup/resolve-by-source.ts";
import type { Claiming } from "./outbox/open-deliveries.ts";
import { type Announced, announceOpened } from "./route/announce.ts";
import { announceJoined, requestedRoute, silenceable } from "./route/announce-joined.ts";
import { overrideName, routingSettings } from "./route/route-alert.ts";
import { chooseSilence, type RunningSilence } from "./silence/decide-silence.ts";
import { markSilenced, runningSilences } from "./silence/marks.ts";
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
    const [settings, silences, { opened, joined, suppressed }] = await Promise.all([
      routingSettings(intake.runPrepared, firing.map(detectionOf)),
      runningSilences(intake.runPrepared),
      openOrJoin(intake, firing),
    ]);
    // A claim locks lines, so nothing that could wait for another lock comes after it.
    const isLast = resolved === all.at(-1)?.resolved && resolved.length === 0;
    const toAnnounce = opened.map(({ id, number, group }) => {
      const by = first(group);
      return { id, number, ...by, silence: silenceFor(by, silences) };
    });
    const marks = toAnnounce.flatMap(({ id: alertId, silence, report }) =>
      silence ? [{ alertId, silenceId: silence.id, requested: requestedRoute(report) }] : [],
    );
    last.push(unawaited(markSilenced(intake.runPrepared, marks)));
    const samples = toAnnounce.flatMap(({ id, report }) => newSamples(id, [report.event], 0));
    last.push(unawaited(keepSamples(intake.runPrepared, samples)));
    last.push(unawaited(keepEntities(intake.runPrepared, toAnnounce)));
    const how = { settings, claiming: isLast ? claiming : undefined };
    announced.push(unawaited(announceOpened(intake, toAnnounce, how)));
    for (const join of joined) {
      const marked = marks.find(({ alertId }) => alertId === join.newest.id)?.silenceId ?? null;
      const alert = { ...afterJoin(join), ...first(join.group), ...(marked && { silencedBy: marked }) };
      const waiting = await announceJoined(intake, alert, { settings, silences });
      announced.push(Promise.resolve({ cards: [], waiting }));
    }
    const resolutions = await resolveBySource(intake, resolved);

    for (const { id, number, group } of opened)
      outcomes.set(group.items[0], { outcome: "opened", alertId: id, number });
    for (const { newest, group } of [...joined, ...suppressed]) {
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

function silenceFor({ source, report }: ReturnType<typeof first>, silences: readonly RunningSilence[]) {
  // The test alert of a destination: somebody waits for it.
  if (source.id === ownSource.id && !report.own) return null;
  return chooseSilence(silences, silenceable({ source, report, severity: report.severity }));
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
