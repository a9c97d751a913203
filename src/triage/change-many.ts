import { v7 as uuidv7 } from "uuid";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Principal } from "../people/principal.ts";
import { type Bulk, tellChannels } from "./bulk-notice.ts";
import { type Changed, changeOnRecord } from "./change-alert.ts";
import type { AlertCommand } from "./decide-change.ts";

/** Of more alerts than this, each thread's reply would be noise: their channels get one line instead. */
const mostWithReplies = 10;

export interface ChangedOne {
  id: string;
  result: Changed | Refusal;
}

/** Changes many alerts alike, each in a transaction of its own: none waits for, or fails with, another. */
export async function changeMany(
  db: Database,
  by: Pick<Principal, "actor" | "via" | "ip">,
  { alertIds, command }: { alertIds: string[]; command: AlertCommand },
): Promise<ChangedOne[]> {
  const ids = [...new Set(alertIds)];
  const bulk: Bulk | undefined =
    ids.length > mostWithReplies ? { id: uuidv7(), actor: by.actor, command } : undefined;
  const results: ChangedOne[] = [];
  for (const id of ids) {
    const result = await changeOnRecord(db, by, { alertId: id, command, ...(bulk && { bulk }) });
    results.push({ id, result });
  }
  if (bulk && results.some(({ result }) => !isRefusal(result) && result.kind === "changed")) {
    await tellChannels(db.kysely, bulk.id);
  }
  return results;
}
