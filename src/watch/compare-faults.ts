import type { FaultCause } from "../alert/destination.ts";
import type { BrokenCause } from "./gather-causes.ts";

/** A stored fault that is not over. */
export interface OpenFault {
  id: string;
  cause: FaultCause;
  fault: string;
  name: string;
  remedy: string;
  since: Date;
  alertId: string | null;
  mailed: boolean;
}

/** The changes that bring the stored faults up to date. */
export interface FaultChanges {
  started: BrokenCause[];
  /** Stored causes whose fault or remedy has changed. */
  changed: { id: string; now: BrokenCause }[];
  /** Causes that need an alert and have none yet. */
  alert: BrokenCause[];
  mail: BrokenCause[];
  ended: OpenFault[];
}

/** Compares what is broken now with the stored faults. */
export function compareFaults(broken: readonly BrokenCause[], open: readonly OpenFault[]): FaultChanges {
  const known = new Map(open.map((fault) => [fault.cause, fault]));
  const still = new Set(broken.map(({ cause }) => cause));
  return {
    started: broken.filter(({ cause }) => !known.has(cause)),
    changed: broken.flatMap((now) => {
      const before = known.get(now.cause);
      const other = before && (before.fault !== now.fault || before.remedy !== now.remedy);
      return other ? [{ id: before.id, now }] : [];
    }),
    alert: broken.filter(({ cause, urgency }) => urgency === "alert" && !known.get(cause)?.alertId),
    mail: broken.filter(({ cause, urgency }) => urgency !== "banner" && !known.get(cause)?.mailed),
    ended: open.filter(({ cause }) => !still.has(cause)),
  };
}

export function nothingChanged({ started, changed, alert, mail, ended }: FaultChanges): boolean {
  return [started, changed, alert, mail, ended].every((list) => list.length === 0);
}

interface Broken {
  cause: FaultCause;
  fault: string;
  name: string;
  remedy: string;
}

/** The page of the Console, below Configure, on which a cause is repaired. */
export function repairedAt(cause: FaultCause) {
  if (cause.startsWith("app:")) return "slack-app";
  return cause.startsWith("audit:") ? "audit-log/streaming" : "destinations";
}

/** One sentence on what is broken, for alerts, mails and the banner. */
export function faultTitle({ cause, fault, name, remedy }: Broken): string {
  if (cause.startsWith("audit:")) return `The audit log can't be sent to ${name}`;
  const canStillPost =
    cause.startsWith("app:") && fault === "missing_scope" && !remedy.includes("chat:write");
  return canStillPost ? `Tocsin lacks permissions in ${name}` : `Alerts can't go out to ${name}`;
}

/** One sentence on how a fault ended: it works again, or no destination uses it any more. */
export function endText({ cause, name }: Pick<Broken, "cause" | "name">, inUse: boolean): string {
  if (cause.startsWith("audit:"))
    return inUse ? `The audit log is sent to ${name} again` : `The audit log is not sent to ${name} any more`;
  if (!inUse) return `No destination uses ${name} any more`;
  if (cause.startsWith("app:")) return "Slack works again";
  return name.startsWith("#") ? `Slack works again in ${name}` : `${name} works again`;
}

/** For example “3 alerts are waiting for SOC and Platform.” More than three destinations are counted. */
export function waitingText(waiting: number, destinations: readonly { name: string }[]): string {
  const names = destinations.map(({ name }) => name);
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  const where = shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : (shown[0] ?? "");
  if (waiting === 0) return `Nothing is waiting for ${where} yet.`;
  return `${waiting} ${waiting === 1 ? "alert is" : "alerts are"} waiting for ${where}.`;
}
