import type { InputBlock, ModalView } from "@slack/types";
import { z } from "zod";
import { type Alert, statusLabels } from "../../alert/alert.ts";
import { isRefusal } from "../../alert/refusal.ts";
import type { VersionedAlert } from "../../history/find-alerts.ts";
import { type Acting, actorWith, toManage } from "../../interact/acting.ts";
import type { SubmissionAnswer } from "../../interact/answer.ts";
import { type CardRef, type ControlsId, cardOf, cardRef } from "../../interact/card-ref.ts";
import { dialog, type Form } from "../../interact/dialog.ts";
import { alertLine, infoDialog } from "../../interact/dialog-blocks.ts";
import { openAlertDialog, timezoneOf } from "../../interact/open-dialog.ts";
import { menuEntry } from "../../interact/slack-action.ts";
import type { BlockActions, ViewSubmission } from "../../slack/request/slack-request.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { commentRequired } from "../change-alert.ts";
import { change, toChange } from "../change-in-slack.ts";
import type { AlertCommand } from "../decide-change.ts";

/** Asks for a comment before an alert becomes `to`. */
export const closeDialog = dialog({
  name: "close",
  memory: cardRef.extend({ to: z.enum(["RESOLVED", "CLOSED"]) }),
  draw({ alert, comment }: { alert: Alert; comment: "optional" | "required" }, { to }): Form {
    const [title, submit] =
      to === "RESOLVED"
        ? [`Resolve #${alert.number}`, "Resolve"]
        : [`Mark #${alert.number} as invalid`, "Mark as invalid"];
    return { title, submit, blocks: [alertLine(alert), commentInput("What did you find?", comment)] };
  },
  submit: (by, request, { to, ...card }) =>
    changeAlert(by, { card, comment: typedComment(request), more: { status: to, version: card.version } }),
});

/** Opens the closing dialog, or shows a refusal if the person may not change alerts. */
export async function openCloseDialog(
  by: Acting,
  request: BlockActions,
  { on, to }: { on: ControlsId; to: "RESOLVED" | "CLOSED" },
): Promise<void> {
  const comment = (await commentRequired(by.deps.db.kysely)) ? "required" : "optional";
  const draw = (alert: VersionedAlert) =>
    closeDialog.draw({ alert, comment }, { ...cardOf(on, request), to });
  await openAlertDialog(by, request, {
    alertId: on.alertId,
    draw,
    needed: toManage,
    attempt: toChange({ alertId: on.alertId, command: { status: to } }),
  });
}

/** Asks for a comment only. */
export const commentDialog = dialog({
  name: "comment",
  memory: cardRef,
  draw: (alert: Alert): Form => ({
    title: `Comment on #${alert.number}`,
    submit: "Add",
    blocks: [alertLine(alert), commentInput("Comment", "required")],
  }),
  async submit(by, request, card) {
    const comment = typedComment(request);
    if (comment !== null) return changeAlert(by, { card, comment, more: {} });
    return {
      response_action: "errors",
      errors: { [commentField.block]: "Write a comment, or close the dialog." },
    };
  },
});

export const addComment = menuEntry({
  name: "comment",
  label: "Add comment",
  isOffered: () => true,
  act: (by, request, on) =>
    openAlertDialog(by, request, {
      alertId: on.alertId,
      draw: (alert) => commentDialog.draw(alert, cardOf(on, request)),
      needed: toManage,
      attempt: toChange({ alertId: on.alertId, command: { comment: "" } }),
    }),
});

function typedComment({ values }: ViewSubmission): string | null {
  return values[commentField.block]?.[commentField.action]?.trim() || null;
}

async function changeAlert(
  by: Acting,
  { card, comment, more }: { card: CardRef; comment: string | null; more: AlertCommand },
): Promise<SubmissionAnswer> {
  const { alertId } = card;
  const command: AlertCommand = { ...(comment !== null && { comment }), ...more };
  const actor = await actorWith(by, toManage, toChange({ alertId, command }));
  if (isRefusal(actor)) return updateView(infoDialog("Nothing was changed", actor.why, comment));
  const changed = await change(by, { alertId, actor, command });
  if (isRefusal(changed)) return refused(changed.why, { field: changed.field, comment });
  if (changed.kind !== "conflict") return {};
  const at = { timezone: await timezoneOf(by.deps.db, card), now: by.deps.clock() };
  return updateView(tooLateDialog(changed.alert, at, comment));
}

function refused(
  why: string,
  { field, comment }: { field?: string | undefined; comment: string | null },
): SubmissionAnswer {
  if (field === "comment") return { response_action: "errors", errors: { [commentField.block]: why } };
  return updateView(infoDialog("Nothing was changed", why, comment));
}

function updateView(view: ModalView): SubmissionAnswer {
  return { response_action: "update", view };
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
