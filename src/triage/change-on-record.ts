import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import { transaction } from "../db/transaction.ts";
import { audit } from "../people/audit.ts";
import type { Principal } from "../people/principal.ts";
import { type Bulk, noteInChannels } from "./bulk/note-in-channels.ts";
import { type Changed, changeAlert } from "./change-alert.ts";
import type { AlertCommand } from "./decide-change.ts";

/** Changes an alert for whoever asks, through whichever door, with its entry in the audit log. */
export function changeOnRecord(
  db: Database,
  by: Pick<Principal, "actor" | "via" | "ip">,
  { alertId, command, bulk }: { alertId: string; command: AlertCommand; bulk?: Bulk },
): Promise<Changed | Refusal> {
  return transaction(db, async (tx) => {
    const request = { alertId, command, actor: by.actor, via: by.via, ...(bulk && { bulkId: bulk.id }) };
    const result = await changeAlert(tx, request);
    if (!isRefusal(result) && result.kind === "changed") {
      if (bulk) await noteInChannels(tx, bulk, alertId);
      const { status, assignee } = command;
      await audit(tx, by, {
        action: "alert.change",
        target: { type: "alert", id: alertId },
        data: { status, assignee: assignee === null ? null : assignee?.email },
      });
    }
    return result;
  });
}
