import type { InputBlock, ModalView } from "@slack/types";
import { type Alert, statusLabels } from "../../alert/alert.ts";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { inBrackets } from "../../history/disposition-sentence.ts";
import { type Acting, actorWith, toManage } from "../../interact/acting.ts";
import type { SubmissionAnswer } from "../../interact/answer.ts";
import { type CardRef, cardOf, cardRef } from "../../interact/card-ref.ts";
import { dialog, type Form } from "../../interact/dialog.ts";
import { alertLine, infoDialog } from "../../interact/dialog-blocks.ts";
import { openAlertDialog, timezoneOf } from "../../interact/open-dialog.ts";
import { menuEntry } from "../../interact/slack-action.ts";
import type { ViewSubmission } from "../../slack/request/slack-request.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { change, toChange } from "../change-in-slack.ts";
import type { AlertCommand } from "../decide-change.ts";

/** Asks for a comment. */
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
    if (comment !== null) return changeByDialog(by, { card, comment, more: {} });
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

export function typedComment({ values }: ViewSubmission): string | null {
  return values[commentField.block]?.[commentField.action]?.trim() || null;
}

/** What a dialog shows for a refusal at one of its inputs; null if it has no such input. */
type ShowAtInput = (refusal: Refusal) => Promise<SubmissionAnswer | null>;

/** Changes an alert by a submitted dialog, which closes or shows why nothing was changed. */
export async function changeByDialog(
  by: Acting,
  { card, comment, more }: { card: CardRef; comment: string | null; more: AlertCommand },
  showAtInput: ShowAtInput = async () => null,
): Promise<SubmissionAnswer> {
  const { alertId } = card;
  const command: AlertCommand = { ...(comment !== null && { comment }), ...more };
  const actor = await actorWith(by, toManage, toChange({ alertId, command }));
  if (isRefusal(actor)) return updateView(infoDialog("Nothing was changed", actor.why, comment));
  const changed = await change(by, { alertId, actor, command });
  if (isRefusal(changed))
    return (
      (await showAtInput(changed)) ?? updateView(infoDialog("Nothing was changed", changed.why, comment))
    );
  if (changed.kind !== "conflict") return {};
  const at = { timezone: await timezoneOf(by.deps.db, card), now: by.deps.clock() };
  return updateView(tooLateDialog(changed.alert, at, comment));
}

function updateView(view: ModalView): SubmissionAnswer {
  return { response_action: "update", view };
}

/** The comment's place in a submission: `values[block][action]`. */
export const commentField = { block: "comment", action: "text" } as const;

export const maxCommentLength = 1000;

export function commentInput(
  label: string,
  need: "optional" | "required",
  typed: string | null = null,
): InputBlock {
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
      ...(typed !== null && { initial_value: typed }),
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
  const why = `${by}${inBrackets(alert)}`;
  const head = comment ? `${why}: ${comment}` : why;
  return infoDialog(
    `Already ${label.toLowerCase()}`,
    `${head}${/[.!?…]$/.test(head) ? "" : "."}${outcome}`,
    typed,
  );
}
