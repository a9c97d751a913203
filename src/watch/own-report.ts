import type { Report } from "../alert/report.ts";
import { faultTitle, type OpenFault, repairedAt, waitingText } from "./compare-faults.ts";
import type { BrokenCause } from "./gather-causes.ts";

/** Each stored fault has its own alert, which only the end of this fault resolves. */
function identityOf(id: string): Report["identity"] {
  return { kind: "named", id: `fault:${id}` };
}

/** What all of Tocsin's own reports have in common. */
export const ofTocsin = {
  severity: "CRITICAL",
  type: "SYSTEM_ERROR",
  logTypes: [],
  tags: [],
  reports: {},
  runbook: null,
  destinations: null,
  occurredAt: null,
} as const satisfies Partial<Report>;

const shared = {
  ...ofTocsin,
  detectionId: "Tocsin.SetUpFault",
  detectionName: "Setup fault",
} as const satisfies Partial<Report>;

/** Tocsin's report that a part of its setup broke. */
export function faultReport(id: string, broken: BrokenCause, publicUrl: string): Report {
  const { cause, fault, remedy, waiting, destinations } = broken;
  const waits = `${waitingText(waiting, destinations)} They are held and go out automatically once it works again.`;
  return {
    ...shared,
    says: "firing",
    title: faultTitle(broken),
    identity: identityOf(id),
    description: cause.startsWith("audit:") ? remedy : `${remedy}\n\n${waits}`,
    reference: `${publicUrl}/configure/${repairedAt(cause)}`,
    context: { fault, destinations: destinations.map(({ name }) => name) },
    event: { cause, fault },
    own: { cause, comment: null },
  };
}

/** Tocsin's report that the fault is over. */
export function endReport(open: OpenFault, comment: string): Report {
  return {
    ...shared,
    says: "resolved",
    title: faultTitle(open),
    identity: identityOf(open.id),
    description: null,
    reference: null,
    context: {},
    event: null,
    own: { cause: open.cause, comment },
  };
}
