import type { KnownBlock } from "@slack/types";
import { isOpen } from "../../alert/status.ts";
import type { CardView } from "../../triage/card/card-view.ts";
import { linkButtons } from "../../triage/card/controls.ts";
import { writeControlsId } from "../../interact/card-ref.ts";
import { type MoreChoice, moreChoiceWords } from "../card/more-choice.ts";
import { renderCard } from "../../triage/card/draw-card.ts";
import type { SlackMessage } from "../message/slack-message.ts";
import { plain } from "../text/plain.ts";

/**
 * The alert as its card shows it, to one person. Nobody redraws what only one person sees, so it has buttons
 * for the card's selects, whose value would soon be untrue.
 */
export function renderShown(view: CardView): SlackMessage {
  const { text, blocks } = renderCard(view);
  const reading = blocks.filter(({ type }) => type !== "actions");
  return { text, blocks: [...reading, buttons(view)] };
}

function buttons({ alert, place }: CardView): KnownBlock {
  const choices: MoreChoice[] = ["details", "comment"];
  if (isOpen(alert.status)) choices.push(alert.assignee ? "unassign" : "assign-me");
  return {
    type: "actions",
    block_id: writeControlsId({ alertId: alert.id, version: alert.version }, 0),
    elements: [
      ...linkButtons("view", "View in Tocsin", place.alertUrl),
      ...choices.map((choice) => ({
        type: "button" as const,
        action_id: `more:${choice}`,
        text: plain(moreChoiceWords[choice], 75),
        value: choice,
      })),
    ],
  };
}
