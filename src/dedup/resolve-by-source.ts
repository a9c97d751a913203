import { sql } from "kysely";
import { isOpen, type Status } from "../alert/alert.ts";
import type { ResolvePolicy } from "../alert/report.ts";
import type { IntakeTransaction } from "../db/intake-transaction.ts";
import { append } from "../history/append.ts";
import { setStatus } from "../triage/set-status.ts";
import { type Group, type ReportOutcome, sourceActor, sourceVia, startOf } from "./incoming.ts";
import { type LockedAlert, lockNewest, lockStarted } from "./join-alerts.ts";

/** Applies "resolved" reports to the newest alert of each key, and returns the outcome of each group. */
export async function resolveBySource(
  { tx, runPrepared }: IntakeTransaction,
  groups: Group[],
): Promise<Map<Group, ReportOutcome>> {
  const starts = groups.flatMap(({ key, items: [{ report }] }) => {
    const startsAt = startOf(report.identity);
    return startsAt === undefined ? [] : [{ key, startsAt }];
  });
  const started = await lockStarted(runPrepared, starts);
  const unstarted = groups.filter(({ key }) => !starts.some((one) => one.key === key));
  const newest = await lockNewest(
    runPrepared,
    unstarted.map((group) => group.key),
  );
  const outcomes = new Map<Group, ReportOutcome>();
  for (const group of groups) {
    const startsAt = startOf(group.items[0].report.identity) ?? null;
    const meant = newest.get(group.key) ?? chooseStarted(started.get(group.key) ?? [], startsAt);
    outcomes.set(group, await resolveOne(tx, group, meant));
  }
  return outcomes;
}

/**
 * Which of its alerts, the newest first, a "resolved" means (docs/behaviour.md#alertmanager-and-grafana): the one with
 * this start, else the newest that is not over.
 */
export function chooseStarted<Started extends Pick<LockedAlert, "startedAt" | "status" | "reportedOver">>(
  alerts: readonly Started[],
  startsAt: Date | null,
): Started | undefined {
  const same = alerts.find(({ startedAt }) => startsAt && startedAt?.getTime() === startsAt.getTime());
  const isCurrent = ({ status, reportedOver }: Started) => isOpen(status) && !reportedOver;
  return same ?? alerts.find(isCurrent) ?? alerts[0];
}

async function resolveOne(
  tx: IntakeTransaction["tx"],
  group: Group,
  newest: LockedAlert | undefined,
): Promise<ReportOutcome> {
  const { source, report } = group.items[0];
  const decision = decideSourceResolve(newest, source.resolves);
  if (!newest) return { outcome: "ignored" };
  const { id: alertId, number } = newest;
  const common = { alertId, actor: sourceActor(source), via: sourceVia(source) };
  switch (decision.kind) {
    case "ignore":
      return { outcome: "ignored", alertId, number };
    case "note-over":
      await sql`update alerts set said_over = true where id = ${alertId}`.execute(tx);
      await append(tx, { ...common, event: { kind: "source_says_over", data: {} } });
      return { outcome: "joined", alertId, number };
    case "resolve": {
      const comment = report.own?.comment ?? null;
      await setStatus(tx, { ...common, from: newest.status, to: "RESOLVED", comment, because: "source" });
      return { outcome: "resolved", alertId, number };
    }
    default:
      return decision satisfies never;
  }
}

type ResolveDecision =
  | { kind: "resolve" }
  /** The alert stays as it is; history and thread say that the source says it is over. */
  | { kind: "note-over" }
  | { kind: "ignore"; because: "no alert" | "already closed" | "already noted" };

/** What a "resolved" does to the newest alert of its key (docs/behaviour.md#resolved-from-a-source). */
export function decideSourceResolve(
  newest: { status: Status; touched: boolean; reportedOver: boolean } | undefined,
  policy: ResolvePolicy,
): ResolveDecision {
  if (!newest) return { kind: "ignore", because: "no alert" };
  if (!isOpen(newest.status)) return { kind: "ignore", because: "already closed" };
  if (policy === "always" || (policy === "untouched" && !newest.touched)) return { kind: "resolve" };
  return newest.reportedOver ? { kind: "ignore", because: "already noted" } : { kind: "note-over" };
}
