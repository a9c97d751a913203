import type { FaultCause } from "../alert/fault-causes.ts";
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
