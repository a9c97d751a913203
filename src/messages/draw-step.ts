import type { ActionsBlock, KnownBlock } from "@slack/types";
import type { SlackMessage } from "../slack/message.ts";
import { mentionBlockId } from "../slack/text/alert-text.ts";

/**
 * How much of a message is sent, from all of it to text without blocks, which Slack can't refuse as invalid.
 */
export const drawSteps = ["full", "without-links", "text-only"] as const;
export type DrawStep = (typeof drawSteps)[number];

/** The step to try after Slack refused this one; null after the last step. */
export function nextDrawStep(step: DrawStep): DrawStep | null {
  return drawSteps[drawSteps.indexOf(step) + 1] ?? null;
}

/**
 * Reduces a message to a draw step. Text only has empty `blocks`, because an edit without `blocks` keeps the
 * old ones.
 */
export function applyDrawStep(message: SlackMessage, step: DrawStep): SlackMessage {
  switch (step) {
    case "full":
      return message;
    case "without-links":
      return { ...message, blocks: message.blocks.flatMap(withoutLinks) };
    case "text-only":
      return { ...message, blocks: [] };
    default:
      return step satisfies never;
  }
}

/** Removes links, the part of a card that Slack most likely refuses. */
function withoutLinks(block: KnownBlock): KnownBlock[] {
  if (block.block_id === mentionBlockId) return [block];
  if (block.type === "section" && block.text?.type === "mrkdwn") return [];
  if (block.type !== "actions") return [block];
  const elements: ActionsBlock["elements"] = block.elements.filter((element) => !("url" in element));
  return elements.length > 0 ? [{ ...block, elements }] : [];
}
