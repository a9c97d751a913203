import { v7 as uuidv7 } from "uuid";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Meter } from "../outbox/meter.ts";
import type { Doer } from "../people/audit-log/audit.ts";
import { type BulkChange, releaseNotices } from "./bulk-notice.ts";
import { type Changed, changeAlert } from "./change-alert.ts";
import type { AlertCommand } from "./decide-change.ts";

/** With more alerts than this, each channel gets one notice instead of a reply per thread. */
const maxAlertsWithReplies = 10;

export interface BulkResult {
  id: string;
  result: Changed | Refusal;
}

/** Applies one command to many alerts, each in its own transaction, so that no alert blocks or fails another. */
export async function changeMany(
  deps: { db: Database; meter: Meter },
  by: Doer,
  { alertIds, command }: { alertIds: string[]; command: AlertCommand },
): Promise<BulkResult[]> {
  const ids = [...new Set(alertIds)];
  const bulk: BulkChange | undefined =
    ids.length > maxAlertsWithReplies ? { id: uuidv7(), actor: by.actor, command } : undefined;
  const results: BulkResult[] = [];
  for (const id of ids) {
    const result = await changeAlert(deps, by, { alertId: id, command, ...(bulk && { bulk }) });
    results.push({ id, result });
  }
  if (bulk && results.some(({ result }) => !isRefusal(result) && result.kind === "changed")) {
    await releaseNotices(deps.db.kysely, bulk.id);
  }
  return results;
}
