import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { commentField } from "../../slack/dialogs/comment-input.ts";
import { infoDialog } from "../../slack/dialogs/info-dialog.ts";
import type { Memory } from "../../interact/memory.ts";
import { tooLateDialog } from "../../slack/dialogs/too-late-dialog.ts";
import { notices } from "../../interact/notices.ts";
import type { ViewSubmission } from "../../slack/request/slack-request.ts";
import type { Changed } from "../change-alert.ts";
import type { AlertCommand } from "../decide-change.ts";
import type { Deps } from "../../api/deps.ts";
import { type Acting, acting, actorWith, change, toManage } from "../../interact/acting.ts";
import { onAnswerDialog } from "../../http/slack/boomerang/on-answer.ts";
import { previewAsk, sendAsk } from "../../boomerang/on-ask.ts";
import { onSuppress } from "../../http/slack/boomerang/on-suppress.ts";
import { searchDetails } from "../../http/slack/details/search-details.ts";
import { timezoneOf } from "../../interact/open-dialog.ts";
import { onKeep } from "../../http/slack/heard/on-keep.ts";
import type { SubmissionAnswer } from "../../http/slack/submission-answer.ts";

type View = ReturnType<typeof infoDialog>;
type AboutAlert = Extract<Memory, { dialog: "close" | "comment" }>;

/** Somebody submitted a dialog: decided at once, in one transaction, and answered in the dialog itself. */
export async function onSubmission(deps: Deps, request: ViewSubmission): Promise<SubmissionAnswer> {
  const by = await acting(deps, request);
  const { memory } = request;
  if (!by || !memory) return {};
  try {
    return await answer(by, request, memory);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log.warn({ error: fault.code, method: fault.method }, "a dialog came to nothing");
    return update(infoDialog("Nothing was changed", notices.slackSilent));
  }
}

function answer(by: Acting, request: ViewSubmission, memory: Memory): Promise<SubmissionAnswer> {
  switch (memory.dialog) {
    case "close":
    case "comment":
      return changeAlert(by, request, memory);
    case "suppress":
      return onSuppress(by, request, memory);
    case "ask":
      return previewAsk(by, request, memory);
    case "ask-preview":
      return sendAsk(by, memory);
    case "answer":
      return onAnswerDialog(by, request, memory);
    case "keep":
      return onKeep(by, request, memory);
    case "details":
      return searchDetails(by, request, memory);
    default:
      return memory satisfies never;
  }
}

async function changeAlert(
  by: Acting,
  request: ViewSubmission,
  memory: AboutAlert,
): Promise<SubmissionAnswer> {
  const comment = request.values[commentField.block]?.[commentField.action]?.trim() || null;
  const actor = await actorWith(by, toManage).catch(silentSlack);
  if (isRefusal(actor)) return update(infoDialog("Nothing was changed", actor.why, comment));
  const command: AlertCommand = { ...(comment !== null && { comment }) };
  if (memory.dialog === "close") Object.assign(command, { status: memory.to, version: memory.version });
  const changed = await change(by, { alertId: memory.alertId, actor, command });
  if (isRefusal(changed)) return refused(changed.why, { field: changed.field, comment });
  return changed.kind === "conflict" ? tooLate(by, changed, { memory, comment }) : {};
}

/** Who clicked couldn't be found out: nothing is changed on a guess. */
function silentSlack(fault: unknown): Refusal {
  if (!(fault instanceof SlackFault)) throw fault;
  return { refused: "conflict", why: notices.slackSilent };
}

function refused(
  why: string,
  { field, comment }: { field?: string | undefined; comment: string | null },
): SubmissionAnswer {
  if (field === "comment") return { response_action: "errors", errors: { [commentField.block]: why } };
  return update(infoDialog("Nothing was changed", why, comment));
}

async function tooLate(
  { deps }: Acting,
  { alert }: Extract<Changed, { kind: "conflict" }>,
  { memory, comment }: { memory: { channel: string | null; ts: string | null }; comment: string | null },
): Promise<SubmissionAnswer> {
  const timezone = await timezoneOf(deps.db, memory);
  return update(tooLateDialog(alert, { timezone, now: deps.clock() }, comment));
}

function update(view: View): SubmissionAnswer {
  return { response_action: "update", view };
}
