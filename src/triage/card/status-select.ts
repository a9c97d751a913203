import type { PlainTextOption, StaticSelect } from "@slack/types";
import { z } from "zod";
import { isOpen, type Status, statuses, statusLabels } from "../../alert/alert.ts";
import { readControlsId } from "../../interact/card-ref.ts";
import { redrawClicked } from "../../interact/on-action.ts";
import { type ControlsView, slackAction } from "../../interact/slack-action.ts";
import { plain } from "../../slack/text/text.ts";
import { changeByClick } from "../change-in-slack.ts";
import { openCloseDialog } from "./close-dialog.ts";

const chosen = z.enum(statuses).nullable();

/** The select of the status. Closing an alert asks for disposition and comment first. */
export const setStatus = {
  isOffered: () => true,
  ...slackAction({
    id: "status",
    draw: ({ alert: { status } }: ControlsView): Omit<StaticSelect, "action_id"> => ({
      type: "static_select",
      placeholder: plain("Status", 150),
      options: statuses.map(option),
      initial_option: option(status),
    }),
    read({ blockId, value }) {
      const on = readControlsId(blockId);
      const status = chosen.safeParse(value);
      return on && status.success ? { on, status: status.data } : null;
    },
    async act(by, request, { on, status }) {
      // A cleared select changes nothing, but its client shows it as empty until the card is edited.
      if (status === null) return redrawClicked(by, request);
      if (isOpen(status))
        await changeByClick(by, request, {
          alertId: on.alertId,
          command: { status, version: on.version },
        });
      else await openCloseDialog(by, request, { on, to: status === "CLOSED" ? "CLOSED" : "RESOLVED" });
      await redrawClicked(by, request);
    },
  }),
};

function option(status: Status): PlainTextOption {
  return { text: plain(statusLabels[status], 75), value: status };
}
