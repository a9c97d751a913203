import type { Refusal } from "../../alert/refusal.ts";
import { sentence } from "../../history/sentence.ts";
import type { Principal } from "../../people/principal.ts";
import type { Changed } from "../../triage/change-alert.ts";
import { changeOnRecord } from "../../triage/change-on-record.ts";
import type { AlertCommand } from "../../triage/decide-change.ts";
import { findAssignee } from "../../triage/find-assignee.ts";
import type { AlertChange } from "../../triage/contract.ts";
import type { Deps } from "../../api/deps.ts";
import { orRefuse, problem } from "../problem.ts";

/** What the body of a change asks for, its assignee looked up; a refusal names the field. */
export async function readCommand({ db }: Deps, change: AlertChange): Promise<AlertCommand> {
  const { assignee: named, ...rest } = change;
  if (named === undefined) return rest;
  return { ...rest, assignee: named === null ? null : orRefuse(await findAssignee(db.kysely, named)) };
}

/** Changes an alert for whoever asks, and lets the cards follow. */
export async function change(
  { db, wake }: Deps,
  by: Principal,
  asked: { alertId: string; command: AlertCommand },
): Promise<Changed | Refusal> {
  const changed = await changeOnRecord(db, by, asked);
  wake();
  return changed;
}

/** A 409 that says who was faster, and carries the alert as it stands. */
export function conflict({ alert, field, first }: Extract<Changed, { kind: "conflict" }>, present: object) {
  const what = first ? sentence(first, first.actor) : "Somebody else changed it";
  const detail = `You were second on #${alert.number}: ${what}. Nothing was changed.`;
  return problem(409, detail, { errors: [{ field, detail: what }], more: { alert: present } });
}
