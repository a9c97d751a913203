import type { ActionsBlock } from "@slack/types";
import { askButton } from "../../boomerang/ask-dialog.ts";
import { suppressRepeats } from "../../boomerang/suppression/suppress-dialog.ts";
import { writeControlsId } from "../../interact/card-ref.ts";
import type { ControlsView } from "../../interact/slack-action.ts";
import { snooze } from "../../silence/snooze-dialog.ts";
import { linkButtons } from "../../slack/text/addresses.ts";
import { showDetails } from "../details/on-details.ts";
import { assign, assignMe, unassign } from "./assign-controls.ts";
import type { CardView } from "./card-view.ts";
import { addComment } from "./comment-dialogs.ts";
import { setStatus } from "./status-select.ts";

/** The controls of a card, in their order. */
const controls = [assign, setStatus, askButton];

/** The entries of a card's ⋯ menu, in their order. Slack allows five. */
const menu = [showDetails, addComment, assignMe, unassign, suppressRepeats, snooze];

export const cardActions = [...controls, ...menu];

/** Draws the controls of a card; `full` says that it is not shrunk. */
export function drawControls(view: CardView, full: boolean): ActionsBlock {
  const { alert, place, confirmed, assigneeSlackId } = view;
  const shown: ControlsView = { alert, full, confirmed, assigneeSlackId };
  const options = menu.flatMap((entry) => (entry.isOffered(shown) ? [entry.option] : []));
  return {
    type: "actions",
    block_id: writeControlsId({ alertId: alert.id, version: alert.version }, view.block.redraws),
    elements: [
      ...(full ? linkButtons("view", "View in Tocsin", place.alertUrl) : []),
      ...controls.flatMap((control) => (control.isOffered(shown) ? [control.draw(shown)] : [])),
      { type: "overflow", action_id: "more", options },
    ],
  };
}
