import type { ActionsBlock, KnownBlock } from "@slack/types";
import type { SlackMessage } from "../slack/message.ts";
import { mentionBlockId } from "../slack/text/alert-text.ts";

/** How much of a card goes out, from all of it to what Slack can't refuse as blocks. */
export const cardSteps = ["whole", "without-links", "text-only"] as const;
export type CardStep = (typeof cardSteps)[number];

/** What to try after Slack answered `invalid_blocks` to this step; null when nothing simpler is left. */
export function nextStep(step: CardStep): CardStep | null {
  return cardSteps[cardSteps.indexOf(step) + 1] ?? null;
}

/** The same message with less in it. Text alone keeps an empty `blocks`, which clears those of an update. */
export function plainerCard(message: SlackMessage, step: CardStep): SlackMessage {
  switch (step) {
    case "whole":
      return message;
    case "without-links":
      return { ...message, blocks: message.blocks.flatMap(withoutLinks) };
    case "text-only":
      return { ...message, blocks: [] };
    default:
      return step satisfies never;
  }
}

/** Addresses are the part of a card that Slack judges by rules of its own. */
function withoutLinks(block: KnownBlock): KnownBlock[] {
  if (block.block_id === mentionBlockId) return [block];
  if (block.type === "section" && block.text?.type === "mrkdwn") return [];
  if (block.type !== "actions") return [block];
  const elements: ActionsBlock["elements"] = block.elements.filter((element) => !("url" in element));
  return elements.length > 0 ? [{ ...block, elements }] : [];
}
