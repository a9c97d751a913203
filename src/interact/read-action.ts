import { z } from "zod";
import { statuses } from "../alert/alert.ts";
import { readQuestionBlockId } from "../boomerang/draw-question.ts";
import { readDigestId } from "../deliver/slack-bot/digest/draw-digest.ts";
import type { SlackAction } from "../slack/request/slack-request.ts";
import { moreChoices } from "../triage/card/controls.ts";
import { readControlsId } from "./card-ref.ts";

export const actionShape = z.object({
  action_id: z.string(),
  block_id: z.string().default(""),
  value: z.string().nullish(),
  selected_user: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

const statusValue = z.enum(statuses);
const moreValue = z.enum(moreChoices);
const pageValue = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

/** Reads what a person did with a control. A cleared select is null; an unknown control is `other`. */
export function readAction(action: z.output<typeof actionShape>): SlackAction {
  const { action_id: actionId, block_id, value, selected_user, selected_option } = action;
  const other: SlackAction = { kind: "other", actionId, value: value ?? selected_option?.value ?? null };
  if (actionId === "view" || actionId.startsWith("link:")) return { kind: "link" };
  if (actionId === "part" && selected_option) return { kind: "details-part", part: selected_option.value };
  if (actionId.startsWith("page:")) {
    const page = pageValue.safeParse(value);
    return page.success ? { kind: "details-page", page: page.data } : other;
  }
  if (actionId === "value") {
    const [n = "", part = ""] = value?.split(" ") ?? [];
    const index = pageValue.safeParse(n);
    return index.success ? { kind: "details-value", part, n: index.data } : other;
  }
  const digestId = readDigestId(block_id);
  const alertId = z.uuid().safeParse(selected_option?.value);
  if (actionId === "post-card" && digestId !== null)
    return { kind: "post-card", digestId, alertId: alertId.success ? alertId.data : null };
  const askId = readQuestionBlockId(block_id);
  if (askId) return readAskAction(askId, actionId) ?? other;
  const on = readControlsId(block_id);
  if (!on) return other;
  if (actionId === "boomerang") return { kind: "boomerang", on };
  if (actionId === "assign") return { kind: "assign", on, slackUserId: selected_user ?? null };
  if (actionId === "status" && !selected_option) return { kind: "status", on, status: null };
  const status = statusValue.safeParse(selected_option?.value);
  if (actionId === "status" && status.success) return { kind: "status", on, status: status.data };
  // Outside cards, a choice of the ⋯ menu can be a button of its own.
  const button = actionId.startsWith("more:");
  const choice = moreValue.safeParse(button ? value : selected_option?.value);
  return (button || actionId === "more") && choice.success
    ? { kind: "more", on, choice: choice.data }
    : other;
}

function readAskAction(askId: string, actionId: string): SlackAction | null {
  switch (actionId) {
    case "boomerang-yes":
      return { kind: "answer", askId, how: "yes" };
    case "boomerang-no":
      return { kind: "answer", askId, how: "no" };
    case "boomerang-text":
      return { kind: "answer", askId, how: "text" };
    case "boomerang-why":
      return { kind: "why-asked", askId };
    default:
      return null;
  }
}
