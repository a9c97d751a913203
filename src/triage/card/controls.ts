import type {
  ActionsBlock,
  Button,
  Overflow,
  PlainTextOption,
  StaticSelect,
  UsersSelect,
} from "@slack/types";
import { type Alert, type Status, statuses, statusLabels } from "../../alert/alert.ts";
import { writeControlsId } from "../../interact/card-ref.ts";
import { buttonAddress } from "../../slack/text/addresses.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import type { CardView } from "./card-view.ts";

export function openControls(view: CardView): ActionsBlock {
  const { alert, place } = view;
  const more: MoreChoice[] = ["details", "comment", "assign-me"];
  if (alert.assignee) more.push("unassign");
  if (view.confirmed) more.push("suppress");
  const link = linkButtons("view", "View in Tocsin", place.alertUrl);
  const controls = [assigneeSelect(view), statusSelect(alert.status), boomerangButton(alert), moreMenu(more)];
  return actions(view, [...link, ...controls]);
}

function boomerangButton({ id }: Alert): Button {
  return {
    type: "button",
    action_id: "boomerang",
    text: { type: "plain_text", text: "🪃 Boomerang", emoji: false },
    accessibility_label: "Boomerang: ask somebody about this alert",
    value: id,
  };
}

/** The controls of a closed card: to reopen it, read its details or comment. */
export function closedControls(view: CardView): ActionsBlock {
  const more: MoreChoice[] = ["details", "comment", ...(view.confirmed ? (["suppress"] as const) : [])];
  return actions(view, [statusSelect(view.alert.status), moreMenu(more)]);
}

/** A link button, or none if Slack would hide it. Slack sends a click on it too, which needs no action. */
export function linkButtons(actionId: string, label: string, address: string): Button[] {
  const url = buttonAddress(address);
  const text = plain(oneLine(label, 75), 75);
  return url ? [{ type: "button", action_id: actionId, text, url }] : [];
}

function actions({ alert, block }: CardView, elements: ActionsBlock["elements"]): ActionsBlock {
  const id = { alertId: alert.id, version: alert.version };
  return { type: "actions", block_id: writeControlsId(id, block.redraws), elements };
}

function assigneeSelect({ alert, assigneeSlackId }: CardView): UsersSelect {
  const select: UsersSelect = { type: "users_select", action_id: "assign", placeholder: placeholder(alert) };
  return assigneeSlackId ? { ...select, initial_user: assigneeSlackId } : select;
}

function placeholder({ assignee }: Alert) {
  return plain(assignee ? `Assigned to ${oneLine(assignee.name, 80)}` : "Assign to…", 150);
}

function statusSelect(status: Status): StaticSelect {
  return {
    type: "static_select",
    action_id: "status",
    placeholder: plain("Status", 150),
    options: statuses.map(statusOption),
    initial_option: statusOption(status),
  };
}

function statusOption(status: Status): PlainTextOption {
  return { text: plain(statusLabels[status], 75), value: status };
}

function moreMenu(choices: MoreChoice[]): Overflow {
  return {
    type: "overflow",
    action_id: "more",
    options: choices.map((choice) => ({ text: plain(moreChoiceLabels[choice], 75), value: choice })),
  };
}

/** The choices of the ⋯ menu, by the value that Slack sends back. */
export const moreChoices = ["details", "comment", "assign-me", "unassign", "suppress"] as const;
export type MoreChoice = (typeof moreChoices)[number];

export const moreChoiceLabels: Record<MoreChoice, string> = {
  details: "Show alert details",
  comment: "Add comment",
  "assign-me": "Assign to me",
  unassign: "Unassign",
  suppress: "Suppress repeats",
};
