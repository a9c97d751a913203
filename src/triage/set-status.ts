import { sql } from "kysely";
import { type Actor, isOpen, type Status, type Via } from "../alert/alert.ts";
import { appendStillOpen } from "../boomerang/pass-time.ts";
import { endSuppressions } from "../boomerang/suppression/suppress.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";

interface StatusChange {
  alertId: string;
  from: Status;
  to: Status;
  comment: string | null;
  actor: Actor;
  via: Via;
  /** The bulk change that it is part of. */
  bulkId?: string;
  /** `source` and `woken` are reports that resolve an alert or open a resolved one again. */
  because: "person" | "source" | "woken";
}

/**
 * Sets an alert's status, with its history entry: the only place that does. Closing says that a Boomerang is still
 * open; reopening ends the suppressions that the alert's Boomerang allowed. The caller has locked the alert.
 */
export async function setStatus(
  tx: Transaction,
  { because, from, to, comment, ...by }: StatusChange,
): Promise<void> {
  const { alertId, actor, via } = by;
  await sql`
    update alerts set status = ${to}::alert_status, version = version + 1, status_version = version + 1,
      status_set = jsonb_build_object('by', ${JSON.stringify(actor)}::jsonb, 'via', ${via}::text, 'at', now(),
        'comment', ${comment}::text),
      touched = touched or ${because === "person"}, source_resolved = ${because === "source"},
      join_after_close_told = false, seen_closed = null, again_count = 0
    where id = ${alertId}`.execute(tx);
  await append(tx, { ...by, event: { kind: "status_changed", data: { from, to, comment } } });
  if (!isOpen(to)) await appendStillOpen(tx, alertId);
  else if (!isOpen(from)) await endSuppressions(tx, { alertId }, { actor, via, because: "reopened" });
}
