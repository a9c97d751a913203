import type { UsersSelect } from "@slack/types";
import { isRefusal } from "../../alert/refusal.ts";
import { findAssigneeInSlack } from "../../interact/acting.ts";
import { notifyPerson } from "../../interact/answer.ts";
import { readControlsId } from "../../interact/card-ref.ts";
import { redrawClicked } from "../../interact/on-action.ts";
import { type ControlsView, menuEntry, slackAction } from "../../interact/slack-action.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { changeByClick } from "../change-in-slack.ts";

/** The select of the assignee; a cleared one unassigns. */
export const assign = {
  isOffered: ({ full }: ControlsView) => full,
  ...slackAction({
    id: "assign",
    draw: ({ alert: { assignee }, assigneeSlackId }: ControlsView): Omit<UsersSelect, "action_id"> => ({
      type: "users_select",
      placeholder: plain(assignee ? `Assigned to ${oneLine(assignee.name, 80)}` : "Assign to…", 150),
      ...(assigneeSlackId && { initial_user: assigneeSlackId }),
    }),
    read({ blockId, value: slackUserId }) {
      const on = readControlsId(blockId);
      return on && { on, slackUserId };
    },
    async act(by, request, { on: { alertId, version }, slackUserId }) {
      const assignee = slackUserId === null ? null : await findAssigneeInSlack(by, slackUserId);
      if (isRefusal(assignee)) await notifyPerson(by, request, assignee.why);
      else await changeByClick(by, request, { alertId, command: { assignee, version } });
      await redrawClicked(by, request);
    },
  }),
};

export const assignMe = menuEntry({
  name: "assign-me",
  label: "Assign to me",
  isOffered: ({ full }) => full,
  async act(by, request, { alertId, version }) {
    const me = await findAssigneeInSlack(by, by.who.userId);
    const assignee = isRefusal(me) ? undefined : me;
    await changeByClick(by, request, { alertId, command: { version, ...(assignee && { assignee }) } });
  },
});

/** Leaves its place to "Suppress repeats": clearing the select of the assignee unassigns, too. */
export const unassign = menuEntry({
  name: "unassign",
  label: "Unassign",
  isOffered: ({ full, alert, confirmed }) => full && alert.assignee !== null && !confirmed,
  act: (by, request, { alertId, version }) =>
    changeByClick(by, request, { alertId, command: { assignee: null, version } }),
});
