import type { InputBlock, ModalView } from "@slack/types";
import { type Alert, statusLabels } from "../../alert/alert.ts";
import { isRefusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { onAnswerDialog } from "../../boomerang/answer-dialog.ts";
import { onAskDialog, onPreviewDialog } from "../../boomerang/on-ask.ts";
import { onSuppressDialog } from "../../boomerang/suppression/suppress-dialog.ts";
import type { VersionedAlert } from "../../history/find-alerts.ts";
import { type Acting, acting, actorWith, change, toManage } from "../../interact/acting.ts";
import type { SubmissionAnswer } from "../../interact/answer.ts";
import { type ControlsId, cardOf } from "../../interact/card-ref.ts";
import { alertLine, formModal, infoDialog } from "../../interact/dialog-blocks.ts";
import type { CardRef, Memory } from "../../interact/memory.ts";
import { openAlertDialog, timezoneOf } from "../../interact/open-dialog.ts";
import type { BlockActions, ViewSubmission } from "../../slack/request/slack-request.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { type Changed, commentRequired } from "../change-alert.ts";
import type { AlertCommand } from "../decide-change.ts";
import { searchDetails } from "../details/on-details.ts";
import { onKeep } from "../mirror/keep-dialog.ts";

/** Opens the closing dialog, or shows a refusal if the person may not change alerts. */
export async function openCloseDialog(
  by: Acting,
  request: BlockActions,
  { on, to }: { on: ControlsId; to: "RESOLVED" | "CLOSED" },
): Promise<void> {
  const required = (await commentRequired(by.deps.db.kysely)) ? "required" : "optional";
  const draw = (alert: VersionedAlert) =>
    closeDialog(alert, { ...cardOf(on, request), dialog: "close", to }, required);
  await openAlertDialog(by, request, { alertId: on.alertId, draw, needed: toManage });
}

export async function openCommentDialog(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const draw = (alert: VersionedAlert) => commentDialog(alert, cardOf(on, request));
  await openAlertDialog(by, request, { alertId: on.alertId, draw, needed: toManage });
}

type View = ReturnType<typeof infoDialog>;
type AlertDialog = Extract<Memory, { dialog: "close" | "comment" }>;

/**
 * Handles a submitted dialog. Decided in one transaction; the response closes the dialog or shows the result in
 * it. Throws a `SlackFault`, and has then changed nothing, if Slack doesn't say by the deadline who submitted it.
 */
export async function onSubmission(
  deps: Deps,
  request: ViewSubmission,
  deadline?: number,
): Promise<SubmissionAnswer> {
  const by = await acting(deps, request, deadline);
  const { memory } = request;
  return by && memory ? answerSubmission(by, request, memory) : {};
}

/** Asks to press the dialog's button again. What was typed stays in the dialog. */
export function pressAgain({ values }: ViewSubmission, why: string): SubmissionAnswer {
  const [block] = Object.keys(values);
  if (block) return { response_action: "errors", errors: { [block]: why } };
  return { response_action: "push", view: infoDialog("Not done yet", `${why} Close this first.`) };
}

function answerSubmission(by: Acting, request: ViewSubmission, memory: Memory): Promise<SubmissionAnswer> {
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
  memory: AlertDialog,
): Promise<SubmissionAnswer> {
  const comment = request.values[commentField.block]?.[commentField.action]?.trim() || null;
  if (memory.dialog === "comment" && comment === null)
    return {
      response_action: "errors",
      errors: { [commentField.block]: "Write a comment, or close the dialog." },
    };
  const actor = await actorWith(by, toManage, memory.alertId);
  if (isRefusal(actor)) return updateView(infoDialog("Nothing was changed", actor.why, comment));
  const command: AlertCommand = { ...(comment !== null && { comment }) };
  if (memory.dialog === "close") Object.assign(command, { status: memory.to, version: memory.version });
  const changed = await change(by, { alertId: memory.alertId, actor, command });
  if (isRefusal(changed)) return refused(changed.why, { field: changed.field, comment });
  return changed.kind === "conflict" ? tooLate(by, changed, { memory, comment }) : {};
}

function refused(
  why: string,
  { field, comment }: { field?: string | undefined; comment: string | null },
): SubmissionAnswer {
  if (field === "comment") return { response_action: "errors", errors: { [commentField.block]: why } };
  return updateView(infoDialog("Nothing was changed", why, comment));
}

async function tooLate(
  { deps }: Acting,
  { alert }: Extract<Changed, { kind: "conflict" }>,
  { memory, comment }: { memory: CardRef; comment: string | null },
): Promise<SubmissionAnswer> {
  const timezone = await timezoneOf(deps.db, memory);
  return updateView(tooLateDialog(alert, { timezone, now: deps.clock() }, comment));
}

function updateView(view: View): SubmissionAnswer {
  return { response_action: "update", view };
}

/** Draws the dialog that asks for a comment before an alert becomes `memory.to`. */
export function closeDialog(
  alert: Alert,
  memory: Extract<Memory, { dialog: "close" }>,
  comment: "optional" | "required",
): ModalView {
  const [title, submit] =
    memory.to === "RESOLVED"
      ? [`Resolve #${alert.number}`, "Resolve"]
      : [`Mark #${alert.number} as invalid`, "Mark as invalid"];
  const blocks = [alertLine(alert), commentInput("What did you find?", comment)];
  return formModal(title, submit, { memory, blocks });
}

/** Draws the dialog that asks for a comment only. */
export function commentDialog(alert: Alert, card: CardRef): ModalView {
  const blocks = [alertLine(alert), commentInput("Comment", "required")];
  return formModal(`Comment on #${alert.number}`, "Add", {
    memory: { ...card, dialog: "comment" },
    blocks,
  });
}

/** The comment's place in a submission: `values[block][action]`. */
const commentField = { block: "comment", action: "text" } as const;

export const maxCommentLength = 1000;

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
      max_length: maxCommentLength,
      focus_on_load: true,
      placeholder: plain("Shown in the history and in Slack.", 150),
    },
  };
}

/** Draws the dialog for a late submission: what somebody else did first, and the person's comment to copy. */
export function tooLateDialog(
  alert: Alert,
  at: { timezone: string; now: Date },
  typed: string | null,
): ModalView {
  const { number, status, statusSet } = alert;
  const label = statusLabels[status];
  const outcome = typed?.trim()
    ? " Nothing was changed. To keep your comment, copy it from below."
    : " Nothing was changed.";
  const comment = oneLine(statusSet?.comment ?? "", 300);
  const by = statusSet
    ? `${oneLine(statusSet.by.name, 80)} set #${number} to ${label} at ${clockTime(statusSet.at, at.timezone, at.now)}`
    : `#${number} is already ${label}`;
  const head = comment ? `${by}: ${comment}` : by;
  return infoDialog(
    `Already ${label.toLowerCase()}`,
    `${head}${/[.!?…]$/.test(head) ? "" : "."}${outcome}`,
    typed,
  );
}
