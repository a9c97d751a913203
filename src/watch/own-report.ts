import type { Report } from "../alert/report.ts";
import { faultTitle, type OpenFault, waitingWords } from "./compare-faults.ts";
import type { BrokenCause } from "./gather-causes.ts";

/** Each time that something breaks is an alert of its own, which only its own end resolves. */
function identityOf(id: string): Report["identity"] {
  return { kind: "named", id: `fault:${id}` };
}

const shared = {
  severity: "CRITICAL",
  type: "SYSTEM_ERROR",
  detectionId: "Tocsin.SetUpFault",
  detectionName: "Set-up fault",
  logTypes: [],
  tags: [],
  reports: {},
  runbook: null,
  destinations: null,
  occurredAt: null,
} as const satisfies Partial<Report>;

/** What Tocsin reports when something of its set-up breaks. */
export function faultReport(id: string, broken: BrokenCause, publicUrl: string): Report {
  const { cause, fault, remedy, waiting, destinations } = broken;
  const rest = "They are held, and go out by themselves once it works again.";
  return {
    ...shared,
    says: "firing",
    title: faultTitle(broken),
    identity: identityOf(id),
    description: `${remedy}\n\n${waitingWords(waiting, destinations)} ${rest}`,
    reference: `${publicUrl}/configure/${cause.startsWith("app:") ? "slack-app" : "destinations"}`,
    context: { fault, destinations: destinations.map(({ name }) => name) },
    event: { cause, fault },
    own: { cause, comment: null },
  };
}

/** What it reports when that is over. */
export function overReport(open: OpenFault, comment: string): Report {
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
