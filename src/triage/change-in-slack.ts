import { type Actor, statusLabels } from "../alert/alert.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { sentence } from "../history/sentence.ts";
import { type Acting, type Attempt, actorWith, auditRefusal, inSlack, toManage } from "../interact/acting.ts";
import { notifyPerson } from "../interact/answer.ts";
import { notices } from "../interact/notices.ts";
import { wantedChanges } from "../people/audit-log/changes.ts";
import type { BlockActions } from "../slack/request/slack-request.ts";
import { auditedWish, type Changed, changeAlert } from "./change-alert.ts";
import type { AlertCommand } from "./decide-change.ts";

/**
 * Changes an alert on behalf of a person in Slack and wakes the workers that edit its cards. A refusal is in the audit
 * log if the person has lost the permission meanwhile.
 */
export async function change(
  by: Acting,
  { actor, ...request }: { alertId: string; actor: Actor; command: AlertCommand },
): Promise<Changed | Refusal> {
  const { deps } = by;
  const changed = await changeAlert(deps, inSlack(by, actor), request);
  deps.wake();
  if (isRefusal(changed) && changed.refused === "forbidden")
    await auditRefusal(by, actor, toChange(request), changed.why);
  return changed;
}

/** The attempt to change an alert. */
export function toChange({ alertId, command }: { alertId: string | null; command: AlertCommand }): Attempt {
  return { action: "alert.change", alertId, wanted: wantedChanges(auditedWish(command)) };
}

/** Changes an alert by a click. A refusal is shown to the person, and the result where no card shows it. */
export async function changeByClick(
  by: Acting,
  request: BlockActions,
  { alertId, command }: { alertId: string; command: AlertCommand },
): Promise<void> {
  const actor = await actorWith(by, toManage, toChange({ alertId, command }));
  if (isRefusal(actor)) return notifyPerson(by, request, actor.why);
  const changed = await change(by, { alertId, actor, command });
  if (isRefusal(changed)) return notifyPerson(by, request, changed.why);
  if (changed.kind === "conflict") return notifyPerson(by, request, tooLateText(changed));
  // No card shows the result of a click in a private message or on the App Home.
  if (request.ephemeral || request.view?.isHome)
    await notifyPerson(by, request, outcome(changed, { id: actor.id }));
}

/** The notice for the second of two people who changed the same field. */
export function tooLateText({ alert, first }: Extract<Changed, { kind: "conflict" }>): string {
  const what = first ? sentence(first, first.actor) : "somebody else changed it";
  return notices.changedMeanwhile(alert.number, what);
}

type AppliedChange = Exclude<Changed, { kind: "conflict" }>;

/** The state of an alert after a person's change, as a notice for them: `#1042 is now Open, assigned to you.` */
export function outcome({ kind, alert }: AppliedChange, me: { id: string | null }): string {
  const { number, status, assignee } = alert;
  const name = assignee?.id === me.id ? "you" : assignee?.name;
  const state = `${statusLabels[status]}, ${name ? `assigned to ${name}` : "unassigned"}`;
  if (kind === "unchanged") return `#${number} is already ${state}. Nothing was changed.`;
  return `#${number} is now ${state}.`;
}
