import type { InputBlock, ModalView, StaticSelect } from "@slack/types";
import { z } from "zod";
import type { Alert } from "../../alert/alert.ts";
import { type Disposition, dispositionLabels, dispositions } from "../../alert/disposition.ts";
import { findAlert } from "../../history/find-alerts.ts";
import { type Acting, toManage } from "../../interact/acting.ts";
import type { SubmissionAnswer } from "../../interact/answer.ts";
import { type ControlsId, cardOf, cardRef } from "../../interact/card-ref.ts";
import { dialog, type Form } from "../../interact/dialog.ts";
import { alertLine, option } from "../../interact/dialog-blocks.ts";
import { notices } from "../../interact/notices.ts";
import { openAlertDialog } from "../../interact/open-dialog.ts";
import { slackAction } from "../../interact/slack-action.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { BlockActions, ViewSubmission } from "../../slack/request/slack-request.ts";
import { plain } from "../../slack/text/text.ts";
import { toChange } from "../change-in-slack.ts";
import { type ClosingRules, closingRules } from "../closing-rules.ts";
import { changeByDialog, commentField, commentInput, typedComment } from "./comment-dialogs.ts";

type Closing = "RESOLVED" | "CLOSED";

const memory = cardRef.extend({
  to: z.enum(["RESOLVED", "CLOSED"]),
  /** The dialog has the input for the number of the other alert. */
  asksOther: z.boolean().default(false),
});
type Memory = z.output<typeof memory>;

interface View {
  alert: Alert;
  rules: ClosingRules;
  disposition: Disposition | null;
  comment?: string | null;
}

/** Asks for a disposition and a comment before an alert becomes `to`. */
export const closeDialog = dialog({
  name: "close",
  memory,
  draw({ alert, rules, disposition, comment = null }: View, { to, asksOther }: Memory): Form {
    const [title, submit] =
      to === "RESOLVED"
        ? [`Resolve #${alert.number}`, "Resolve"]
        : [`Mark #${alert.number} as invalid`, "Mark as invalid"];
    const need = rules.commentRequired ? "required" : "optional";
    const blocks = [
      alertLine(alert),
      dispositionInput(disposition, rules),
      ...(asksOther ? [otherInput] : []),
      commentInput("What did you find?", need, comment),
    ];
    return { title, submit, blocks };
  },
  submit,
});

/** Opens the closing dialog, or shows a refusal if the person may not change alerts. */
export async function openCloseDialog(
  by: Acting,
  request: BlockActions,
  { on, to }: { on: ControlsId; to: Closing },
): Promise<void> {
  const rules = await closingRules(by.deps.db.kysely);
  const disposition = to === "CLOSED" ? "FALSE_POSITIVE" : null;
  const remembered = { ...cardOf(on, request), to, asksOther: false };
  await openAlertDialog(by, request, {
    alertId: on.alertId,
    draw: (alert) => closeDialog.draw({ alert, rules, disposition }, remembered),
    needed: toManage,
    attempt: toChange({ alertId: on.alertId, command: { status: to } }),
  });
}

const known = z.enum(dispositions).nullable();

/** The places of the dialog's own inputs in a submission: `values[block][action]`. */
const chosenField = { block: "disposition", action: "disposition" } as const;
const otherField = { block: "duplicate-of", action: "number" } as const;
const fieldBlocks: Record<string, string> = {
  comment: commentField.block,
  disposition: chosenField.block,
  duplicateOf: otherField.block,
};

/** The select of the disposition. The dialog asks for the number of the other alert while Duplicate is chosen. */
export const chooseDisposition = slackAction({
  id: chosenField.action,
  draw: (chosen: Disposition | null): Omit<StaticSelect, "action_id"> => ({
    type: "static_select",
    placeholder: plain("Why is it closed?", 150),
    options: dispositions.map((one) => option(one, dispositionLabels[one])),
    ...(chosen && { initial_option: option(chosen, dispositionLabels[chosen]) }),
  }),
  read({ blockId, value }) {
    const chosen = known.safeParse(value);
    return blockId === chosenField.block && chosen.success ? { chosen: chosen.data } : null;
  },
  async act(by, { view }, { chosen: disposition }) {
    const remembered = memory.safeParse(view?.memory);
    const asksOther = disposition === "DUPLICATE";
    if (!view || !remembered.success || remembered.data.asksOther === asksOther) return;
    const drawn = await drawAgain(by, { ...remembered.data, asksOther }, { disposition });
    try {
      if (drawn) await by.client.updateView({ id: view.id }, drawn);
    } catch (fault) {
      // The dialog may be closed by now. If it is not, its submission asks for the number.
      if (!(fault instanceof SlackFault)) throw fault;
      by.deps.log.warn({ error: fault.code, method: fault.method }, "closing dialog not changed");
    }
  },
});

/** The open dialog with other inputs; null if its alert is gone. What was typed stays, as Slack's clients keep it. */
async function drawAgain(
  { deps }: Acting,
  remembered: Memory,
  typed: Pick<View, "disposition" | "comment">,
): Promise<ModalView | null> {
  const alert = await findAlert(deps.db.kysely, remembered.alertId);
  if (!alert) return null;
  return closeDialog.draw({ alert, rules: await closingRules(deps.db.kysely), ...typed }, remembered);
}

function dispositionInput(chosen: Disposition | null, rules: ClosingRules): InputBlock {
  return {
    type: "input",
    block_id: chosenField.block,
    optional: !rules.dispositionRequired,
    dispatch_action: true,
    label: plain("Disposition", 100),
    element: chooseDisposition.draw(chosen),
  };
}

const otherInput: InputBlock = {
  type: "input",
  block_id: otherField.block,
  label: plain("Number of the other alert", 100),
  element: {
    type: "plain_text_input",
    action_id: otherField.action,
    max_length: 20,
    placeholder: plain("As on its card, for example #1042", 150),
  },
};

async function submit(by: Acting, request: ViewSubmission, remembered: Memory): Promise<SubmissionAnswer> {
  const { to, asksOther: _, ...card } = remembered;
  const { values } = request;
  const chosen = known.safeParse(values[chosenField.block]?.[chosenField.action] ?? null);
  const disposition = chosen.success ? chosen.data : null;
  const comment = typedComment(request);
  const number = disposition === "DUPLICATE" ? typedNumber(values) : null;
  if (number === "not asked") return showInputs(by, remembered, { disposition, comment });
  if (number === "not a number") return errorsAt(otherField.block, notices.numberWanted);
  const command = {
    ...{ status: to, version: card.version },
    ...(disposition !== null && { disposition }),
    ...(number !== null && { duplicateOf: number }),
  };
  return changeByDialog(by, { card, comment, more: command }, async ({ field = "", why }) => {
    const block = fieldBlocks[field];
    if (block === undefined) return null;
    // A dialog from before the setting, or of the previous version, doesn't have the input at fault.
    return block in values ? errorsAt(block, why) : showInputs(by, remembered, { disposition, comment });
  });
}

function typedNumber(values: ViewSubmission["values"]): number | "not asked" | "not a number" {
  const field = values[otherField.block];
  if (!field) return "not asked";
  const [, digits] = /^#?(\d{1,15})$/.exec(field[otherField.action]?.trim() ?? "") ?? [];
  return digits === undefined ? "not a number" : Number(digits);
}

/** Shows the dialog with the inputs that the submission lacks. */
async function showInputs(
  by: Acting,
  remembered: Memory,
  typed: Pick<View, "disposition" | "comment">,
): Promise<SubmissionAnswer> {
  const asksOther = typed.disposition === "DUPLICATE";
  const view = await drawAgain(by, { ...remembered, asksOther }, typed);
  return view ? { response_action: "update", view } : {};
}

function errorsAt(block: string, why: string): SubmissionAnswer {
  return { response_action: "errors", errors: { [block]: why } };
}
