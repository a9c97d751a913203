import { compareSeverity, isOpen, type Severity, type Status } from "../alert/alert.ts";
import type { Report } from "../alert/report.ts";

/** The newest alert of a key, locked. */
export interface Newest {
  id: string;
  number: number;
  key: string;
  severity: Severity;
  status: Status;
  /** False once the period that began when it opened is over, on the database's clock. */
  inWindow: boolean;
  sourceResolved: boolean;
  /** A person set its status. */
  closedByPerson: boolean;
  joinAfterCloseTold: boolean;
  logTypes: string[];
  eventCount: number;
}

export type JoinDecision =
  | { kind: "open-anew"; because: "window over" | "source resolved it" }
  | {
      kind: "join";
      raiseTo: Severity | null;
      /** An informational alert that turns serious needs somebody after all. */
      wake: boolean;
      tellClosed: boolean;
      logTypes: string[];
    };

/** Do these reports belong to the newest alert of their key, and what does that change? (spec section 3) */
export function decideJoin(newest: Newest, reports: Pick<Report, "severity" | "logTypes">[]): JoinDecision {
  if (newest.sourceResolved) return { kind: "open-anew", because: "source resolved it" };
  if (!newest.inWindow) return { kind: "open-anew", because: "window over" };
  const highest = reports.map((report) => report.severity).reduce(moreSevere);
  const raiseTo = compareSeverity(highest, newest.severity) > 0 ? highest : null;
  return {
    kind: "join",
    raiseTo,
    wake:
      raiseTo !== null &&
      newest.severity === "INFO" &&
      newest.status === "RESOLVED" &&
      !newest.closedByPerson,
    tellClosed: !isOpen(newest.status) && newest.closedByPerson && !newest.joinAfterCloseTold,
    logTypes: [...new Set([...newest.logTypes, ...reports.flatMap((report) => report.logTypes)])],
  };
}

export function moreSevere(a: Severity, b: Severity): Severity {
  return compareSeverity(a, b) >= 0 ? a : b;
}
