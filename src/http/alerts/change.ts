import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { transaction } from "../../db/transaction.ts";
import { sentence } from "../../history/sentence.ts";
import { audit } from "../../people/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { type Changed, changeAlert } from "../../triage/change-alert.ts";
import type { AlertCommand } from "../../triage/decide-change.ts";
import { findAssignee } from "../../triage/find-assignee.ts";
import type { AlertChange } from "../contract/alert.ts";
import type { Deps } from "../deps.ts";
import { orRefuse, problem } from "../problem.ts";

/** What the body of a change asks for, its assignee looked up; a refusal names the field. */
export async function readCommand({ db }: Deps, change: AlertChange): Promise<AlertCommand> {
  const { assignee: named, ...rest } = change;
  if (named === undefined) return rest;
  return { ...rest, assignee: named === null ? null : orRefuse(await findAssignee(db.kysely, named)) };
}

/** Changes an alert for whoever asks, with its audit entry. */
export async function change(
  { db, wake }: Deps,
  by: Principal,
  { alertId, command }: { alertId: string; command: AlertCommand },
): Promise<Changed | Refusal> {
  const changed = await transaction(db, async (tx) => {
    const result = await changeAlert(tx, { alertId, command, actor: by.actor, via: by.via });
    if (!isRefusal(result) && result.kind === "changed") {
      const { status, assignee } = command;
      await audit(tx, by, {
        action: "alert.change",
        target: { type: "alert", id: alertId },
        data: { status, assignee: assignee === null ? null : assignee?.email },
      });
    }
    return result;
  });
  wake();
  return changed;
}

/** A 409 that says who was faster, and carries the alert as it stands. */
export function conflict({ alert, field, first }: Extract<Changed, { kind: "conflict" }>, present: object) {
  const what = first ? sentence(first, first.actor) : "Somebody else changed it";
  const detail = `You were second on #${alert.number}: ${what}. Nothing was changed.`;
  return problem(409, detail, { errors: [{ field, detail: what }], more: { alert: present } });
}
