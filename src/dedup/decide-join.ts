import { compareSeverity, isOpen, type Severity, type Status } from "../alert/alert.ts";
import type { DedupIdentity, Report } from "../alert/report.ts";
import { type Again, reportedAgain } from "./reported-again.ts";

type Joining = Pick<Report, "severity" | "logTypes" | "event">;

/** The newest alert of a dedup key; its row is locked. */
export interface NewestAlert {
  id: string;
  number: number;
  key: string;
  severity: Severity;
  status: Status;
  /** Whether the dedup period is still running, by the database's clock. */
  inWindow: boolean;
  sourceResolved: boolean;
  /** The source has reported its end without resolving it, since the last firing report. */
  reportedOver: boolean;
  /** Since when it fires, if its kind says so. */
  startedAt: Date | null;
  /** A person, an API token or an automatic Boomerang set its status. */
  closedByPerson: boolean;
  /** History already has that a report joined after a person closed it. */
  joinAfterCloseNoted: boolean;
  /** See `ClosedAlert`. */
  seen: string[] | null;
  againCount: number;
  logTypes: string[];
  eventCount: number;
  /** The silence that covers it; null for an alert that is not silenced. */
  silencedBy: string | null;
}

export type JoinDecision =
  | { kind: "open-new"; because: "window over" | "source resolved it" | "started again" }
  | {
      kind: "join";
      raiseTo: Severity | null;
      /** The severity of an INFO alert, which starts as resolved, rises, or what a person closed is reported again. */
      reopen: boolean;
      /** It is the first repeat to join since a person closed the alert. */
      noteClosed: boolean;
      /** What is new in reports of an alert that a person closed; null for other alerts. */
      again: Again | null;
      /** Its source says that it started again. */
      startsAgain: boolean;
      logTypes: string[];
    };

/**
 * Decides whether reports join the newest alert of their key, and what that changes
 * (docs/behaviour.md#3-dedup). An alert that a person closed needs its samples.
 */
export function decideJoin(
  newest: NewestAlert,
  reports: [Joining & Pick<Report, "identity">, ...Joining[]],
  { reopenAfter, samples }: { reopenAfter: number | null; samples: readonly unknown[] },
): JoinDecision {
  if (newest.sourceResolved) return { kind: "open-new", because: "source resolved it" };
  if (!newest.inWindow) return { kind: "open-new", because: "window over" };
  const period = periodOf(newest, reports[0].identity);
  if (period === "later" && (newest.reportedOver || !isOpen(newest.status)))
    return { kind: "open-new", because: "started again" };
  const highest = reports.map((report) => report.severity).reduce(moreSevere);
  const raiseTo = compareSeverity(highest, newest.severity) > 0 ? highest : null;
  const again = isClosedByPerson(newest) ? reportedAgain({ ...newest, samples }, reports, reopenAfter) : null;
  const isWoken =
    raiseTo !== null && newest.severity === "INFO" && newest.status === "RESOLVED" && !newest.closedByPerson;
  return {
    kind: "join",
    raiseTo,
    reopen: isWoken || again?.reopens === true,
    noteClosed: again !== null && again.differing.length < reports.length && !newest.joinAfterCloseNoted,
    again,
    startsAgain: period !== null && isOpen(newest.status) && (period === "later" || newest.reportedOver),
    logTypes: [...new Set([...newest.logTypes, ...reports.flatMap((report) => report.logTypes)])],
  };
}

export function isClosedByPerson({ status, closedByPerson }: NewestAlert): boolean {
  return !isOpen(status) && closedByPerson;
}

/** Whether a report tells of a later start than its alert's; null for kinds whose alerts don't start again. */
function periodOf({ startedAt }: NewestAlert, identity: DedupIdentity): "same" | "later" | null {
  if (identity.kind !== "named" || identity.startsAt === undefined) return null;
  return identity.startsAt && startedAt && identity.startsAt > startedAt ? "later" : "same";
}

export function moreSevere(a: Severity, b: Severity): Severity {
  return compareSeverity(a, b) >= 0 ? a : b;
}
