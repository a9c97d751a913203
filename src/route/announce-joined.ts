import { type Actor, type Severity, systemActor, type Via } from "../alert/alert.ts";
import type { Report } from "../alert/report.ts";
import type { IntakeTransaction } from "../db/intake-transaction.ts";
import { append } from "../history/append.ts";
import type { VersionedAlert } from "../history/find-alerts.ts";
import { open } from "../outbox/open-deliveries.ts";
import {
  decideMark,
  type LiftReason,
  type RunningSilence,
  type SilenceableAlert,
} from "../silence/decide-silence.ts";
import { liftMark, markSilenced, type RequestedRoute } from "../silence/marks.ts";
import { announceRaised, at } from "./announce.ts";
import { type AlertToRoute, type RoutingSettings, routeAlert } from "./route-alert.ts";

/** What routing and silences read of a report. */
type AnnouncedReport = AlertToRoute["report"] & Pick<Report, "context">;

/** An alert that a report has joined, as the report leaves it. */
interface JoinedAlert {
  id: string;
  number: number;
  source: { id: string };
  actor: Actor;
  /** `source` unless given. */
  via?: Via;
  report: AnnouncedReport;
  severity: Severity;
  /** Set if the report raised the severity. */
  raiseTo: Severity | null;
  silencedBy: string | null;
  closedByPerson: boolean;
}

interface Reading {
  settings: RoutingSettings;
  silences: readonly RunningSilence[];
}

/**
 * Announces what a report changed: an alert that is no longer silenced is routed now, and one with a higher severity
 * again. Returns whether deliveries may wait.
 */
export async function announceJoined(
  intake: IntakeTransaction,
  alert: JoinedAlert,
  { settings, silences }: Reading,
): Promise<boolean> {
  const { id, severity, raiseTo } = alert;
  const decision = decideMark(alert, silenceable({ ...alert, severity }), silences);
  switch (decision.kind) {
    case "pass":
      await pass(intake, alert, decision.to);
      return false;
    case "lift":
      await lift(intake, alert, { because: decision.because, settings });
      return true;
    case "keep":
      if (!raiseTo || decision.why !== "not silenced") return false;
      await announceRaised(intake, { ...alert, id, to: raiseTo }, settings);
      return true;
    default:
      return decision satisfies never;
  }
}

/** What silences compare of an alert that this report opens or joins. */
export function silenceable({
  source,
  report: { detectionId, title, type, context },
  severity,
}: Pick<JoinedAlert, "source" | "report" | "severity">): SilenceableAlert {
  return { sourceId: source.id, detectionId, title, type, context, severity };
}

/** What a report asks of routing, for an alert that is silenced. */
export function requestedRoute({ destinations, own }: AnnouncedReport): RequestedRoute {
  return { destinations, cause: own?.cause ?? null };
}

/** The report of an alert that is announced later, with what it asked of routing. */
export function storedReport(
  { detection, ...alert }: VersionedAlert,
  { destinations, cause }: RequestedRoute,
): AnnouncedReport {
  return {
    ...alert,
    detectionId: detection?.id ?? null,
    detectionName: detection?.name ?? null,
    destinations,
    ...(cause && { own: { cause, comment: null } }),
  };
}

async function pass(
  { tx, runPrepared }: IntakeTransaction,
  { id: alertId, report }: JoinedAlert,
  { id, reason, by }: RunningSilence,
): Promise<void> {
  await liftMark(tx, alertId);
  await markSilenced(runPrepared, [{ alertId, silenceId: id, requested: requestedRoute(report) }]);
  const event = { kind: "silence_passed", data: { id, reason, by } } as const;
  await append(tx, { alertId, event, actor: systemActor, via: "system" });
}

async function lift(
  intake: IntakeTransaction,
  alert: JoinedAlert,
  { because, settings }: { because: LiftReason; settings: RoutingSettings },
): Promise<void> {
  const { id, number, source, report, severity } = alert;
  const lifted = await liftMark(intake.tx, id);
  if (!lifted) throw new Error(`the alert ${id} is silenced by no silence`);
  const event = { kind: "silence_lifted", data: { silenceId: lifted.silenceId, because } } as const;
  await append(intake.tx, { alertId: id, event, actor: systemActor, via: "system" });
  await announceLifted(intake, { id, number, sourceId: source.id, report, severity }, settings);
}

/** Routes an alert that was silenced and is not any more, and queues its first deliveries. */
export async function announceLifted(
  { tx, runPrepared }: IntakeTransaction,
  { id, number, ...alert }: AlertToRoute & { id: string; number: number },
  settings: RoutingSettings,
): Promise<void> {
  const { severity } = alert;
  const { destinations, route } = routeAlert(alert, settings);
  const event = { kind: "routed", data: route } as const;
  const { seq: sentSeq } = await append(tx, { alertId: id, event, actor: systemActor, via: "system" });
  const deliveries = destinations.map((destination) => {
    return { alertId: id, number, severity, sentSeq, ...at(destination, severity) };
  });
  await open(runPrepared, deliveries).inserted;
}
