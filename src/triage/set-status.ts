import { sql } from "kysely";
import { type Actor, isOpen, type Status, type Via } from "../alert/alert.ts";
import { type GivenDisposition, noDisposition } from "../alert/disposition.ts";
import { appendStillOpen } from "../boomerang/pass-time.ts";
import { endSuppressions } from "../boomerang/suppression/suppress.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";

interface StatusChange {
  alertId: string;
  from: Status;
  to: Status;
  comment: string | null;
  /** Why it is closed; none unless given. Any actor may give one, the system too. */
  given?: GivenDisposition;
  actor: Actor;
  via: Via;
  /** The bulk change that it is part of. */
  bulkId?: string;
  /** `source` and `woken` are reports that resolve an alert or open a resolved one again. */
  because: "person" | "source" | "woken";
}

/**
 * Sets an alert's status, with its history entry: the only place that does. Closing says that a Boomerang is still
 * open; reopening ends the suppressions that the alert's Boomerang allowed. A disposition belongs to one closing, so each
 * change of status sets or clears it. The caller has locked the alert.
 */
export async function setStatus(
  tx: Transaction,
  { because, from, to, comment, given = noDisposition, ...by }: StatusChange,
): Promise<void> {
  const { alertId, actor, via } = by;
  const { rows } = await sql<GivenDisposition>`
    with before as (select disposition, duplicate_of as "duplicateOf" from alerts where id = ${alertId}), changed as (
    update alerts set status = ${to}::alert_status, version = version + 1, status_version = version + 1,
      disposition = ${given.disposition}::disposition, duplicate_of = ${given.duplicateOf},
      status_set = jsonb_build_object('by', ${JSON.stringify(actor)}::jsonb, 'via', ${via}::text, 'at', now(),
        'comment', ${comment}::text),
      touched = touched or ${because === "person"}, source_resolved = ${because === "source"},
      join_after_close_told = false, seen_closed = null, again_count = 0
    where id = ${alertId}) select * from before`.execute(tx);
  const was = rows.find(({ disposition }) => disposition !== null);
  const data = { from, to, comment, ...(given.disposition !== null && given), ...(was && { was }) };
  await append(tx, { ...by, event: { kind: "status_changed", data } });
  if (!isOpen(to)) await appendStillOpen(tx, alertId);
  else if (!isOpen(from)) await endSuppressions(tx, { alertId }, { actor, via, because: "reopened" });
}
