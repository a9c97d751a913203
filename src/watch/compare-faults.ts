import type { FaultCause } from "../alert/destination.ts";
import type { BrokenCause } from "./gather-causes.ts";

/** A fault as it stands on record, not yet over. */
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

/** What is to be written down and told, so that the record says what is true. */
export interface FaultChanges {
  broke: BrokenCause[];
  /** Something else is wrong with the same thing now. */
  changed: { id: string; now: BrokenCause }[];
  /** Nobody was alerted yet. */
  alert: BrokenCause[];
  mail: BrokenCause[];
  over: OpenFault[];
}

/** Compares what is broken now with what is on record. */
export function compareFaults(broken: readonly BrokenCause[], open: readonly OpenFault[]): FaultChanges {
  const known = new Map(open.map((fault) => [fault.cause, fault]));
  const still = new Set(broken.map(({ cause }) => cause));
  return {
    broke: broken.filter(({ cause }) => !known.has(cause)),
    changed: broken.flatMap((now) => {
      const before = known.get(now.cause);
      const other = before && (before.fault !== now.fault || before.remedy !== now.remedy);
      return other ? [{ id: before.id, now }] : [];
    }),
    alert: broken.filter(({ cause, news }) => news === "alert" && !known.get(cause)?.alertId),
    mail: broken.filter(({ cause, news }) => news !== "banner" && !known.get(cause)?.mailed),
    over: open.filter(({ cause }) => !still.has(cause)),
  };
}

export function nothingChanged({ broke, changed, alert, mail, over }: FaultChanges): boolean {
  return [broke, changed, alert, mail, over].every((list) => list.length === 0);
}

interface Broken {
  cause: FaultCause;
  fault: string;
  name: string;
  remedy: string;
}

/** What is broken, in one line: of alerts, mails and the banner. */
export function faultTitle({ cause, fault, name, remedy }: Broken): string {
  const lacksOnly = cause.startsWith("app:") && fault === "missing_scope" && !remedy.includes("chat:write");
  return lacksOnly ? `Tocsin may do less than it needs in ${name}` : `Alerts can't go out to ${name}`;
}

/** How it ended: it works, or nobody needs it any more. */
export function overWords({ cause, name }: Pick<Broken, "cause" | "name">, inUse: boolean): string {
  if (!inUse) return `No destination needs ${name} any more`;
  if (cause.startsWith("app:")) return "Slack works again";
  return cause.startsWith("line:webhook:") ? `${name} works again` : `Slack works again in ${name}`;
}

/** `3 alerts wait for SOC and Platform`; for the rest of a long list, how many. */
export function waitingWords(waiting: number, destinations: readonly { name: string }[]): string {
  const names = destinations.map(({ name }) => name);
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  const where = shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : (shown[0] ?? "");
  if (waiting === 0) return `Nothing waits for ${where} yet.`;
  return `${waiting} ${waiting === 1 ? "alert waits" : "alerts wait"} for ${where}.`;
}
