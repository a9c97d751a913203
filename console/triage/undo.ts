import { isOpen, type Person, type Status } from "../../src/alert/alert.ts";

/** An alert as it was, or is. */
export interface Triaged {
  id: string;
  status: Status;
  assignee: Person | null;
}

/** A change that takes alerts back to how they were. */
export interface Reversal {
  ids: string[];
  change: { status?: Status; assignee?: string | null };
}

/**
 * What takes alerts back to how they were before a change of their status or assignee; alerts that were alike share a
 * reversal. Alerts that were closed stay as they are now: closing takes a disposition and perhaps a comment.
 */
export function reversalsOf(
  before: Triaged[],
  change: { status?: Status | undefined; assignee?: string | null | undefined },
): Reversal[] {
  const reversals = new Map<string, Reversal>();
  for (const { id, status, assignee } of before) {
    if (change.status !== undefined && !isOpen(status)) continue;
    const former: Reversal["change"] = {
      ...(change.status !== undefined && change.status !== status && { status }),
      ...(change.assignee !== undefined && { assignee: assignee?.id ?? null }),
    };
    if (Object.keys(former).length === 0) continue;
    const key = JSON.stringify(former);
    const reversal = reversals.get(key) ?? { ids: [], change: former };
    reversals.set(key, { ...reversal, ids: [...reversal.ids, id] });
  }
  return [...reversals.values()];
}
