import type { InputBlock, ModalView } from "@slack/types";
import { type Alert, statusLabels } from "../../alert/alert.ts";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { onAnswerDialog } from "../../boomerang/answer-dialog.ts";
import { onAskDialog, onPreviewDialog } from "../../boomerang/on-ask.ts";
import { onSuppressDialog } from "../../boomerang/suppression/suppress-dialog.ts";
import type { StandingAlert } from "../../history/find-alerts.ts";
import { type Acting, acting, actorWith, change, toManage } from "../../interact/acting.ts";
import type { SubmissionAnswer } from "../../interact/answer.ts";
import { type ControlsId, cardOf } from "../../interact/card-ref.ts";
import { alertLine, askingModal, infoDialog } from "../../interact/dialog-blocks.ts";
import type { CardRef, Memory } from "../../interact/memory.ts";
import { notices } from "../../interact/notices.ts";
import { openOn, timezoneOf } from "../../interact/open-dialog.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { BlockActions, ViewSubmission } from "../../slack/request/slack-request.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { type Changed, commentRequired } from "../change-alert.ts";
import type { AlertCommand } from "../decide-change.ts";
import { searchDetails } from "../details/on-details.ts";
import { onKeep } from "../mirror/keep-dialog.ts";

/** Asks for a comment before the alert is closed, if whoever clicked may close it. */
export async function openCloseDialog(
  by: Acting,
  request: BlockActions,
  { on, to }: { on: ControlsId; to: "RESOLVED" | "CLOSED" },
): Promise<void> {
  const required = (await commentRequired(by.deps.db.kysely)) ? "required" : "optional";
  const draw = (alert: StandingAlert) =>
    closeDialog(alert, { ...cardOf(on, request), dialog: "close", to }, required);
  await openOn(by, request, { alertId: on.alertId, draw, needed: toManage });
}

export async function openCommentDialog(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const draw = (alert: StandingAlert) => commentDialog(alert, cardOf(on, request));
  await openOn(by, request, { alertId: on.alertId, draw, needed: toManage });
}

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
      return onSuppressDialog(by, request, memory);
    case "ask":
      return onAskDialog(by, request, memory);
    case "ask-preview":
      return onPreviewDialog(by, memory);
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

/** Asks for a comment before an alert becomes Resolved or Invalid, as `memory.to` says. */
export function closeDialog(
  alert: Alert,
  memory: Extract<Memory, { dialog: "close" }>,
  comment: "optional" | "required",
): ModalView {
  const verb = memory.to === "RESOLVED" ? "Resolve" : "Call Invalid";
  const blocks = [alertLine(alert), commentInput("What did you find?", comment)];
  return askingModal(`${verb} #${alert.number}`, verb, { memory, blocks });
}

/** Asks for a comment and changes nothing else. */
export function commentDialog(alert: Alert, card: CardRef): ModalView {
  const blocks = [alertLine(alert), commentInput("Comment", "required")];
  return askingModal(`Comment on #${alert.number}`, "Add", {
    memory: { ...card, dialog: "comment" },
    blocks,
  });
}

/** Where a dialog's comment stands in what Slack sends back: `values[block][action]`. */
const commentField = { block: "comment", action: "text" } as const;

export const longestComment = 1000;

function commentInput(label: string, need: "optional" | "required"): InputBlock {
  return {
    type: "input",
    block_id: commentField.block,
    optional: need === "optional",
    label: plain(label, 100),
    element: {
      type: "plain_text_input",
      action_id: commentField.action,
      multiline: true,
      max_length: longestComment,
      focus_on_load: true,
      placeholder: plain("Kept in the history of the alert", 150),
    },
  };
}

/** Tells whoever answered a dialog what somebody else has done meanwhile, and gives the comment back. */
export function tooLateDialog(
  alert: Alert,
  at: { timezone: string; now: Date },
  typed: string | null,
): ModalView {
  const { number, status, statusSet } = alert;
  const word = statusLabels[status];
  const kept = typed?.trim()
    ? " Nothing was changed; your comment is below if you want to keep it."
    : " Nothing was changed.";
  const comment = oneLine(statusSet?.comment ?? "", 300);
  const by = statusSet
    ? `${oneLine(statusSet.by.name, 80)} set #${number} to ${word} at ${clockTime(statusSet.at, at.timezone, at.now)}`
    : `#${number} is ${word} already`;
  const head = comment ? `${by}: ${comment}` : by;
  return infoDialog(
    `Already ${word.toLowerCase()}`,
    `${head}${/[.!?…]$/.test(head) ? "" : "."}${kept}`,
    typed,
  );
}
